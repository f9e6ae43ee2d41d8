import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInTest, type TestRun } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-coverage-'));
const write = (file: string, text: string): void => writeFileSync(join(cwd, file), text);
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
const cli = (...args: string[]): Promise<TestRun> => runInTest(args, { cwd });
write(
  'order.asl.yaml',
  [
    'StartAt: Check',
    'States:',
    '  Check:',
    '    Type: Choice',
    '    Choices:',
    '      - { Variable: $.total, NumericGreaterThan: 100, Next: Ask }',
    '    Default: Charge',
    '  Ask: { Type: Pass, Next: Charge }',
    '  Charge:',
    '    Type: Task',
    '    Resource: ${Charge}',
    '    Retry:',
    '      - ErrorEquals: [Busy]',
    '    End: true',
    '',
  ].join('\n'),
);
write('order.asl.test.yaml', 'mocks: { Charge: { return: 1 } }\ntests:\n  small: { input: { total: 5 } }\n');
write('more.asl.test.yaml', 'definition: order.asl.yaml\nsubstitutions: { Charge: "arn:aws:lambda:us-east-1:123456789012:function:f" }\nmocks: { Charge: { return: 1 } }\ntests:\n  big: { input: { total: 500 } }\n');
write('idle.asl.json', '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}');
write('idle.asl.test.json', '{"tests":{"is left out":{"skip":true}}}');
afterAll(() => rmSync(cwd, { recursive: true }));

describe('interstate test --coverage', () => {
  it('says what was run, and where something was not', async () => {
    const { code, stdout } = await cli('test', 'order.asl.test.yaml', 'idle.asl.test.json', '--coverage');
    expect(code).toBe(0);
    expect(stdout.slice(stdout.indexOf('  states') - 14)).toMatchInlineSnapshot(`
      "                states  transitions    rules  retriers  catchers  expressions
      idle.asl.json      0 % 0/1            –        –         –         –            –
      order.asl.yaml  66.6 % 2/3   33.3 % 1/3  0 % 0/1   0 % 0/1         –    100 % 1/1
      all               50 % 2/4   33.3 % 1/3  0 % 0/1   0 % 0/1         –    100 % 1/1

      not covered
        idle.asl.json:1  A
        order.asl.yaml:6  Check Choices[0]
        order.asl.yaml:8  Ask
        order.asl.yaml:13  Charge Retry[0]
      "
    `);
    expect(readdirSync(cwd)).not.toContain('coverage');
  });

  it('counts what several files run of a definition together', async () => {
    const { stdout } = await cli('test', 'order.asl.test.yaml', 'more.asl.test.yaml', '--coverage');
    expect(stdout).toMatch(/order\.asl\.yaml +100 % 3\/3 +100 % 3\/3 +100 % 1\/1 +0 % 0\/1 +– +100 % 1\/1\n/);
  });

  it('writes reports', async () => {
    const { code, stdout } = await cli('test', 'order.asl.test.yaml', '--coverage-reporter', 'json,html', '--coverage-reporter=lcov', '--coverage-dir', 'out/coverage');
    expect(code).toBe(0);
    expect(stdout).not.toContain('not covered');
    expect(readdirSync(join(cwd, 'out/coverage')).sort()).toEqual(['coverage.json', 'index.html', 'lcov.info', 'order-asl-yaml.html']);
    expect(JSON.parse(read('out/coverage/coverage.json'))).toMatchObject({ definitions: [{ name: 'order', file: 'order.asl.yaml', totals: { states: { covered: 2, total: 3 } } }] });
    expect(read('out/coverage/lcov.info')).toMatch(/^TN:\nSF:order\.asl\.yaml\nFN:3,Check\nFN:8,Ask\nFN:9,Charge\n/);
    expect(read('out/coverage/lcov.info')).toContain('\nDA:6,0\nDA:7,1\nDA:8,0\nDA:9,1\nDA:13,0\n');
    expect(read('out/coverage/order-asl-yaml.html')).toContain('id="L13" title="retrier Charge Retry[0]: 0×"');
  });

  it('holds thresholds', async () => {
    const enough = await cli('test', 'order.asl.test.yaml', '--coverage-threshold', 'states=66,expressions=100');
    expect(enough.code).toBe(0);
    const short = await cli('test', 'order.asl.test.yaml', '--coverage-threshold', 'states=90,transitions=80', '--coverage-threshold', 'retriers=1');
    expect(short.code).toBe(1);
    expect(short.stdout).toContain('✗ states 66.6 % covered, less than 90 %\n  order.asl.yaml:8  Ask\ntransitions 33.3 % covered, less than 80 %\n  order.asl.yaml:6  Check Choices[0]/Next\n  order.asl.yaml:8  Ask Next\nretriers 0 % covered, less than 1 %\n');
  });

  it('keeps stdout for programs', async () => {
    const { stdout, stderr } = await cli('test', 'order.asl.test.yaml', '--json', '--coverage');
    expect(JSON.parse(stdout)).toEqual([{ file: 'order.asl.test.yaml', tests: [expect.objectContaining({ name: 'small' })] }]);
    expect(stderr).toContain('order.asl.yaml:8  Ask\n');
  });

  it.each([
    [['--coverage-reporter', 'xml'], "There is no reporter 'xml': text, json, lcov, html, raw."],
    [['--coverage-threshold', 'lines=90'], "There is no metric 'lines': states, transitions, rules, retriers, catchers, expressions."],
    [['--coverage-threshold', 'states=101'], "'states=101': write states=90, a percentage from 0 to 100."],
    [['--coverage-threshold', 'states'], "'states': write states=90, a percentage from 0 to 100."],
    [['--coverage', '--watch'], 'error: --watch runs a part of the tests, and coverage is of all of them: leave out one of the two.'],
    [['order.asl.test.yaml', '--coverage-reporter', 'json', '--coverage-dir', 'order.asl.yaml'], 'the coverage report cannot be written (E'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await cli('test', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('interstate coverage', () => {
  it('puts together what was written, and reports on it', async () => {
    for (const file of ['order.asl.test.yaml', 'more.asl.test.yaml']) await cli('test', file, '--coverage-reporter', 'raw');
    const { code, stdout } = await cli('coverage', '--definition', 'order.asl.yaml', 'idle.asl.json', '--coverage-threshold', 'states=70');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\norder\.asl\.yaml +100 % 3\/3 /);
    expect(stdout).toMatch(/\nidle\.asl\.json +0 % 0\/1 /);
    expect((await cli('coverage', 'coverage/states', '--threshold=retriers=1')).code).toBe(1);
  });

  it('gives tools a file for definitions that stand in none', async () => {
    await cli('coverage', '--reporter', 'lcov', '--coverage-dir', 'lcov');
    expect(read('lcov/lcov.info').match(/^SF:.*$/gm)).toEqual(['SF:lcov/order-1.asl.json', 'SF:lcov/order-2.asl.json']);
    expect(readdirSync(join(cwd, 'lcov')).sort()).toEqual(['lcov.info', 'order-1.asl.json', 'order-2.asl.json']);
    expect(JSON.parse(read('lcov/order-1.asl.json'))).toMatchObject({ StartAt: 'Check' });
  });

  it.each([
    ['empty', undefined, 'error: empty: there is no file named ….coverage.json;'],
    ['nowhere', undefined, 'error: nowhere: the folder cannot be read (ENOENT).'],
    ['bad', '{', 'error: bad/x.coverage.json: this is no coverage data. '],
    ['bad', '{"version":1,"definitions":[{}]}', 'error: bad/x.coverage.json: this is no coverage data. definitions[0].definition: is none that can run: '],
  ])('refuses the folder %s with %j', async (folder, text, message) => {
    mkdirSync(join(cwd, 'empty'), { recursive: true });
    mkdirSync(join(cwd, 'bad'), { recursive: true });
    if (text !== undefined) write(`${folder}/x.coverage.json`, text);
    const { code, stderr } = await cli('coverage', folder);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses definitions that cannot run', async () => {
    write('bad.asl.json', '{"StartAt":"A","States":{}}');
    const { code, stderr } = await cli('coverage', '--definition', 'bad.asl.json');
    expect(code).toBe(2);
    expect(stderr).toContain('error: bad.asl.json: ');
  });
});
