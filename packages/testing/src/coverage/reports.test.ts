import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { testCloud } from '../test-cloud.ts';
import { coverageHtml } from './html-report.ts';
import { coverageJson } from './json-report.ts';
import { coverageLcov } from './lcov-report.ts';
import { coverageText, shortfallText } from './text-report.ts';
import { createCoverage } from './coverage.ts';
import { reportCoverage, type CoverageReport, type DefinitionSource } from './coverage-report.ts';
import { printDefinition } from './printed-definition.ts';
import { findShortfalls } from './thresholds.ts';
import { collectCoverage, endWholeRun } from './whole-run.ts';

const ORDER: JsonObject = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Ask' }], Default: 'Charge' },
    Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'q', MessageBody: 'x' }, Next: 'Charge' },
    Charge: { Type: 'Task', Resource: '${Charge}', Parameters: { 'total.$': '$.total' }, Retry: [{ ErrorEquals: ['Busy'] }], End: true },
  },
};
const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&\u0000\u202e\n\u001b[31m';

async function ranReport(definition: JsonObject, sources: readonly DefinitionSource[] = []): Promise<CoverageReport> {
  const cloud = testCloud({ coverage: true, functions: { '*': async () => 1 } });
  cloud.mock('Charge').returns(1);
  const machine = await cloud.states.create({ definition, name: 'Order' });
  await (await machine.start({ total: 5 })).result();
  return reportCoverage(cloud.coverage!.data(), sources);
}

const sourceOf = (file: string, definition: JsonObject): DefinitionSource => ({ name: 'Order', file, definition, ...printDefinition(definition) });

describe('reports', () => {
  it('as text', async () => {
    expect(coverageText(await ranReport(ORDER))).toMatchInlineSnapshot(`
      "           states  transitions    rules  retriers  catchers  expressions
      Order  66.6 % 2/3   33.3 % 1/3  0 % 0/1   0 % 0/1         –    100 % 2/2
      all    66.6 % 2/3   33.3 % 1/3  0 % 0/1   0 % 0/1         –    100 % 2/2

      not covered
        Order:7  Check Choices[0]
        Order:15  Ask
        Order:31  Charge Retry[0]
      "
    `);
  });

  it('as text: only the first places, in one line each', async () => {
    const definition: JsonObject = { StartAt: 'Check', States: { Check: (ORDER['States'] as JsonObject)['Check']!, Charge: { Type: 'Pass', End: true }, Ask: { Type: 'Pass', Next: HOSTILE.slice(0, 60) }, [HOSTILE.slice(0, 60)]: { Type: 'Pass', End: true } } };
    const report = await ranReport(definition);
    expect(coverageText(report, { places: 1 })).toContain('  Order:7  Check Choices[0]\n  … and 2 more\n');
    const text = coverageText(report);
    expect(text).toContain('onerror=alert(1)>"\'&\\u0000\\u202e\\u000a\\u001b[31m\n');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('as JSON', async () => {
    const report = JSON.parse(coverageJson(await ranReport(ORDER))) as { totals: JsonObject; definitions: { points: unknown[] }[] };
    expect(report.totals['states']).toEqual({ covered: 2, total: 3 });
    expect(report.definitions[0]!.points).toContainEqual({ kind: 'retrier', pointer: '/States/Charge/Retry/0', line: 31, count: 0 });
  });

  it('for lcov', async () => {
    const { definitions } = await ranReport(ORDER);
    expect(coverageLcov(definitions, ({ name }) => `coverage/${name}.asl.json`)).toMatchInlineSnapshot(`
      "TN:
      SF:coverage/Order.asl.json
      FN:4,Check
      FN:15,Ask
      FN:24,Charge
      FNDA:1,Check
      FNDA:0,Ask
      FNDA:1,Charge
      FNF:3
      FNH:2
      BRDA:10,0,0,0
      BRDA:13,0,1,1
      BRF:2
      BRH:1
      DA:4,1
      DA:7,0
      DA:8,1
      DA:10,0
      DA:13,1
      DA:15,0
      DA:22,0
      DA:24,1
      DA:28,1
      DA:31,0
      LF:10
      LH:5
      end_of_record
      "
    `);
  });

  it('for lcov: several definitions of one file are one record', async () => {
    const twice = [sourceOf('template.yaml', ORDER), sourceOf('template.yaml', { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } })];
    const text = coverageLcov((await ranReport(ORDER, twice)).definitions, ({ file }) => file!);
    expect(text.match(/end_of_record/g)!.length).toBe(1);
    expect(text).toContain('FNF:4\nFNH:2\n');
  });

  it('as HTML, each page by itself', async () => {
    const pages = coverageHtml(await ranReport(ORDER, [sourceOf('machines/order.asl.json', ORDER)]));
    expect([...pages.keys()]).toEqual(['index.html', 'machines-order-asl-json.html']);
    expect(pages.get('index.html')).toContain('<a href="machines-order-asl-json.html">machines/order.asl.json Order</a>');
    const page = pages.get('machines-order-asl-json.html')!;
    expect(page).toContain('class="state task missed"');
    expect(page).toContain('class="state choice partly"');
    expect(page).toContain('class="line missed" id="L31" title="retrier Charge Retry[0]: 0×"');
    for (const text of pages.values()) expect(text).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it('as HTML in which texts are texts', async () => {
    const name = HOSTILE.slice(0, 60);
    const definition: JsonObject = { Comment: HOSTILE, StartAt: name, States: { [name]: { Type: 'Pass', Result: HOSTILE, End: true } } };
    for (const text of coverageHtml(await ranReport(definition, [{ ...sourceOf(HOSTILE, definition), name: HOSTILE, text: HOSTILE }])).values()) {
      expect(text).not.toMatch(/<img|<\/script|[\u0000\u001b]/);
    }
  });

  it('of thousands of states', () => {
    const name = (index: number): string => `S${index}`;
    const States = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [name(index), { Type: 'Pass', ...(index === 2999 ? { End: true } : { Next: name(index + 1) }) }]));
    const report = reportCoverage({ version: 1, definitions: [] }, [sourceOf('long.asl.json', { StartAt: 'S0', States })]);
    const page = coverageHtml(report).get('long-asl-json.html')!;
    expect(page.match(/class="state pass missed"/g)).toHaveLength(3000);
    expect(coverageLcov(report.definitions, ({ file }) => file!)).toContain('FNF:3000\nFNH:0\n');
  });

  it('names pages that are alike one by one', async () => {
    const sources = ['A.json', 'a/json', 'index', 'ä'].map((file, index) => sourceOf(file, { StartAt: 'S', States: { S: { Type: 'Pass', Comment: String(index), ...(index > 0 ? { OutputPath: `$.x${index}` } : {}), End: true } } }));
    expect([...coverageHtml(reportCoverage({ version: 1, definitions: [] }, sources)).keys()]).toEqual(['index.html', 'a-json.html', 'a-json-2.html', 'index-2.html', 'definition.html']);
  });
});

describe('files', () => {
  it('that never ran are not covered', () => {
    const { totals, definitions } = reportCoverage({ version: 1, definitions: [] }, [sourceOf('order.asl.json', ORDER)]);
    expect(totals.states).toEqual({ covered: 0, total: 3 });
    expect(definitions[0]!.points.every(({ count }) => count === 0)).toBe(true);
  });

  it('have what ran of them, with whatever values filled in', async () => {
    const ran = JSON.parse(JSON.stringify(ORDER).replace('${Charge}', 'arn:aws:lambda:us-east-1:123456789012:function:charge')) as JsonObject;
    const { definitions } = await ranReport(ran, [sourceOf('order.asl.json', ORDER)]);
    expect(definitions.map(({ file, totals }) => [file, totals.states])).toEqual([['order.asl.json', { covered: 2, total: 3 }]]);
  });

  it('with the same definition: the first has what ran, unless it is known whose it was', async () => {
    const report = await ranReport(ORDER, [sourceOf('a.asl.json', ORDER), sourceOf('b.asl.json', ORDER)]);
    expect(report.definitions.map(({ totals }) => totals.states.covered)).toEqual([2, 0]);
    const ran = { version: 1, definitions: [{ definition: ORDER, counts: { '/States/Ask': 7 } }] } as const;
    const known = reportCoverage({ version: 1, definitions: [] }, [sourceOf('a.asl.json', ORDER), { ...sourceOf('b.asl.json', ORDER), ran }]);
    expect(known.definitions.map(({ totals }) => totals.states.covered)).toEqual([0, 1]);
  });

  it('do not have what another machine did', async () => {
    const { definitions } = await ranReport({ StartAt: 'Check', States: { Check: { Type: 'Succeed' } } }, [sourceOf('a.asl.json', { StartAt: 'Check', States: { Check: { Type: 'Pass', End: true } } })]);
    expect(definitions.map(({ file, totals }) => [file, totals.states.covered])).toEqual([['a.asl.json', 0], [undefined, 1]]);
  });
});

describe('thresholds', () => {
  it('name what is below them, and the first places', async () => {
    const report = await ranReport(ORDER);
    expect(findShortfalls(report, { states: 66.6, expressions: 100, catchers: 100 })).toEqual([]);
    expect(shortfallText(report, { states: 66.7, retriers: 100, transitions: 100 }, 1)).toBe(
      'states 66.6 % covered, less than 66.7 %\n  Order:15  Ask\ntransitions 33.3 % covered, less than 100 %\n  Order:10  Check Choices[0]/Next\n  … and 1 more\nretriers 0 % covered, less than 100 %\n  Order:31  Charge Retry[0]\n',
    );
  });
});

describe('test clouds', () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } } as const;

  it('count for themselves, together, or not at all', async () => {
    const shared = createCoverage();
    const [own, first, second, none] = [testCloud({ coverage: true }), testCloud({ coverage: shared }), testCloud({ coverage: shared }), testCloud()];
    for (const cloud of [own, first, second, none]) await cloud.run(definition);
    expect(own.coverage!.data().definitions.map(({ counts }) => counts)).toEqual([{ '/States/A': 1 }]);
    expect(shared.data().definitions.map(({ counts }) => counts)).toEqual([{ '/States/A': 2 }]);
    expect(none.coverage).toBeUndefined();
  });

  it('are all counted once that is asked for, but for those that say otherwise', async () => {
    const whole = collectCoverage();
    expect(collectCoverage()).toBe(whole);
    for (const cloud of [testCloud(), testCloud({ coverage: false }), testCloud({ coverage: true })]) await cloud.run(definition);
    expect(whole.data().definitions.map(({ counts }) => counts)).toEqual([{ '/States/A': 1 }]);
    endWholeRun();
    await testCloud().run(definition);
    expect(whole.data().definitions.map(({ counts }) => counts)).toEqual([{ '/States/A': 1 }]);
  });
});
