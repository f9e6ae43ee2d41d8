import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest } from '../test-terminal.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

const valid = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
const WRONG_YAML = `# an order
StartAt: Frist
States:
  First:
    Type: Wait
    Seconds: 1
    Next: Lst
  Last: { Type: Succeed }
`;

interface JsonReport {
  readonly result: string;
  readonly stateMachines: readonly { readonly file: string; readonly stateMachine?: string; readonly result: string; readonly diagnostics: readonly Record<string, unknown>[] }[];
}

async function report(files: Record<string, unknown>, args: readonly string[] = []): Promise<JsonReport> {
  const { stdout } = await runInTest(['validate', '--json', ...Object.keys(files), ...args], { cwd: folderWith(files) });
  return JSON.parse(stdout) as JsonReport;
}

it('says that everything is valid', async () => {
  const result = await runInTest(['validate', 'a.json', 'b.json'], { cwd: folderWith({ 'a.json': valid, 'b.json': valid }) });
  expect(result).toEqual({ code: 0, stdout: '✔ 2 definitions valid\n', stderr: '' });
});

it('shows each fault with its line, in the order of the file', async () => {
  const { code, stdout } = await runInTest(['validate', 'a.asl.yaml'], { cwd: folderWith({ 'a.asl.yaml': WRONG_YAML }) });
  expect(code).toBe(2);
  expect(stdout).toContain(`a.asl.yaml:2:10: ERROR MISSING_TRANSITION_TARGET Missing 'Next' target: Frist (at /StartAt)
     2 | StartAt: Frist
       |          ^
  Did you mean 'First'?
`);
  const places = [...stdout.matchAll(/^a\.asl\.yaml:(\d+):/gm)].map(([, line]) => Number(line));
  expect(places.length).toBeGreaterThan(1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(stdout).toMatch(/✗ 1 of 1 definition invalid: \d errors\n$/);
});

describe('places of faults', () => {
  const wrongNext = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Succeed' } } };
  const definition = (indent: string): string => [`StartAt: A`, `States:`, `  A: { Type: Pass, Next: B }`, `  C: { Type: Succeed }`].map((line) => indent + line).join('\n');
  it.each<{ what: string; files: Record<string, unknown>; place: Record<string, unknown> }>([
    { what: 'JSON', files: { 'a.json': JSON.stringify(wrongNext, null, 2) }, place: { file: 'a.json', line: 6, column: 15 } },
    { what: 'JSON on one line', files: { 'a.json': wrongNext }, place: { file: 'a.json', line: 1, column: 52 } },
    { what: 'JSON with tabs and CRLF', files: { 'a.json': JSON.stringify(wrongNext, null, '\t').replaceAll('\n', '\r\n') }, place: { file: 'a.json', line: 6, column: 12 } },
    { what: 'YAML', files: { 'a.yaml': definition('') }, place: { file: 'a.yaml', line: 3, column: 26 } },
    {
      what: 'a SAM template',
      files: { 't.yaml': `Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n${definition('        ')}\n` },
      place: { file: 't.yaml', line: 8, column: 34 },
    },
    {
      what: 'the file a template names',
      files: { 't.yaml': `Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: machine.yaml\n` },
      place: { file: 'machine.yaml', line: 3, column: 26 },
    },
    {
      what: 'serverless.yml',
      files: { 'serverless.yml': `service: s\nstepFunctions:\n  stateMachines:\n    M:\n      definition:\n${definition('        ')}\n` },
      place: { file: 'serverless.yml', line: 8, column: 34 },
    },
    {
      what: 'the second YAML document',
      files: { 'a.yaml': `StartAt: X\nStates:\n  X: { Type: Succeed }\n---\n${definition('')}\n` },
      place: { file: 'a.yaml', line: 7, column: 26 },
    },
  ])('in $what', async ({ files, place }) => {
    const cwd = folderWith({ ...files, 'machine.yaml': definition('') });
    const { stdout } = await runInTest(['validate', '--json', Object.keys(files)[0]!], { cwd });
    const faults = (JSON.parse(stdout) as JsonReport).stateMachines.flatMap(({ diagnostics }) => diagnostics);
    expect(faults.find(({ pointer }) => pointer === '/States/A/Next')).toMatchObject(place);
  });

  it('in texts within templates are known by pointer alone', async () => {
    const template = { Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: JSON.stringify(wrongNext) } } } };
    const [machine] = (await report({ 't.json': template })).stateMachines;
    expect(machine?.diagnostics[0]).not.toHaveProperty('line');
    expect(machine?.diagnostics[0]).toMatchObject({ code: 'MISSING_TRANSITION_TARGET', pointer: '/States/A/Next' });
  });
});

it('checks every state machine of a template, or the one that is picked', async () => {
  const machine = (definition: unknown): object => ({ Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: definition } });
  const template = { Resources: { Good: machine(valid), Bad: machine({ StartAt: 'A', States: {} }), Missing: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} } } };
  const all = await report({ 't.json': template });
  expect(all.result).toBe('FAIL');
  expect(all.stateMachines.map(({ stateMachine, result }) => [stateMachine, result])).toEqual([['Good', 'OK'], ['Bad', 'FAIL'], [undefined, 'FAIL']]);
  expect((await report({ 't.json': template }, ['--state-machine', 'Good'])).result).toBe('OK');
});

it('warns of what parsing loses, unless only errors are asked for', async () => {
  const files = { 'a.json': '{"StartAt":"A","StartAt":"A","States":{"A":{"Type":"Succeed"}}}' };
  const all = await report(files);
  expect(all.result).toBe('OK');
  expect(all.stateMachines[0]?.diagnostics).toMatchObject([{ severity: 'WARNING', code: 'DUPLICATE_KEY' }]);
  expect((await report(files, ['--severity', 'error'])).stateMachines[0]?.diagnostics).toEqual([]);
});

describe('what cannot be read', () => {
  it.each<{ what: string; content: string | Uint8Array; fault: Record<string, unknown> }>([
    { what: 'broken JSON', content: '{\n  "StartAt" "A"\n}', fault: { code: 'INVALID_JSON', line: 2, column: 13 } },
    { what: 'an integer too large', content: '{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":12345678901234567890,"End":true}}}', fault: { code: 'UNSAFE_INTEGER' } },
    { what: 'binary', content: Uint8Array.of(0x1f, 0x8b, 0x08, 0xff), fault: { code: 'UNREADABLE_FILE' } },
    { what: 'nothing', content: '', fault: { severity: 'ERROR' } },
    { what: 'depth', content: `${'{"a":'.repeat(50_000)}1`, fault: { code: 'NESTED_TOO_DEEP' } },
    { what: 'a megabyte on one line', content: `{"StartAt":"A","x":"${'x'.repeat(1_000_000)}",}`, fault: { code: 'INVALID_JSON' } },
    { what: 'control characters', content: '{"StartAt":"\u001b[31m"', fault: { severity: 'ERROR' } },
  ])('is a fault of its file: $what', async ({ content, fault }) => {
    const cwd = folderWith({ 'a.json': content, 'b.json': valid });
    const json = JSON.parse((await runInTest(['validate', '--json', 'a.json', 'b.json'], { cwd })).stdout) as JsonReport;
    expect(json.stateMachines.map(({ result }) => result)).toEqual(['FAIL', 'OK']);
    expect(json.stateMachines[0]?.diagnostics).toMatchObject([fault]);
    const text = await runInTest(['validate', 'a.json', 'b.json'], { cwd });
    expect(text.code).toBe(2);
    expect(text.stdout).toContain('✗ 1 of 2 definitions invalid: 1 error');
    // eslint-disable-next-line no-control-regex
    expect(text.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text.stdout.length).toBeLessThan(2000);
  });

  it('names the files that are not there', async () => {
    const { code, stdout } = await runInTest(['validate', 'order.jsn', 'order.json'], { cwd: folderWith({ 'order.json': valid }) });
    expect(code).toBe(2);
    expect(stdout).toContain('order.jsn: ERROR UNREADABLE_FILE there is no such file. Did you mean order.json?');
  });
});
