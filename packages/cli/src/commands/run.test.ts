import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolder, runInTest, type TestRun, type TestTerminalOptions } from '../test-terminal.ts';

const folderWith = (files: Readonly<Record<string, unknown>>): string => createFolder(files, onTestFinished);

const machine = (states: Record<string, unknown>, rest: Record<string, unknown> = {}): Record<string, unknown> => ({ StartAt: Object.keys(states)[0], States: states, ...rest });
const task = (name: string, rest: Record<string, unknown> = { End: true }): Record<string, unknown> => ({
  Type: 'Task', Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, ...rest,
});
const echo = machine({ Echo: { Type: 'Pass', End: true } });

async function run(files: Record<string, unknown>, args: readonly string[], options: TestTerminalOptions = {}): Promise<TestRun> {
  const [file] = Object.keys(files);
  return runInTest(['run', file!, '--virtual-time', ...args], { cwd: folderWith(files), ...options });
}

describe('output', () => {
  it('is all there is on stdout; the rest goes to stderr', async () => {
    const { code, stdout, stderr } = await run({ 'a.json': echo }, ['--input', '{"n":1}']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ n: 1 });
    expect(stderr).toMatch(/✔ Echo.*\n\n.*0 ms\nEcho .*✔ SUCCEEDED in 0 ms, 4 events\n$/s);
  });

  it.each<{ what: string; args: string[]; stdin?: string; output: unknown }>([
    { what: 'no input', args: [], output: {} },
    { what: 'standard input', args: ['--input', '-'], stdin: '\ufeff{"from":"stdin"}', output: { from: 'stdin' } },
    { what: 'a file', args: ['--input', '@in.json'], output: [1, null, 'é'] },
    { what: 'a YAML file', args: ['--input', '@in.yaml'], output: { list: ['a', true] } },
    { what: 'a text', args: ['--input', '"text"'], output: 'text' },
    { what: 'a negative number', args: ['--input', '-5'], output: -5 },
    { what: 'keys that are no plain keys', args: ['--input', '{"__proto__":{"a":1}}'], output: JSON.parse('{"__proto__":{"a":1}}') },
  ])('with $what', async ({ args, stdin, output }) => {
    const files = { 'a.json': echo, 'in.json': [1, null, 'é'], 'in.yaml': 'list: [a, true]\n' };
    const { code, stdout } = await run(files, [...args, '--no-progress', '--no-timeline'], stdin === undefined ? {} : { stdin });
    expect(code).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toBe(JSON.stringify(output));
  });

  it('--json is one object, and stderr stays empty', async () => {
    const files = { 'a.json': machine({ W: { Type: 'Wait', Seconds: 90, Next: 'F' }, F: { Type: 'Fail', Error: 'E', Cause: 'because' } }) };
    const { code, stdout, stderr } = await run(files, ['--json', '--seed', '1', '--start-time', '2020-02-02T00:00:00Z']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      executionArn: expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:execution:a:/),
      status: 'FAILED',
      startDate: '2020-02-02T00:00:00.000Z',
      stopDate: '2020-02-02T00:01:30.000Z',
      error: 'E',
      cause: 'because',
    });
  });

  it('is the same for the same seed', async () => {
    const files = { 'a.json': machine({ A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% [$uuid(), $random()] %}', End: true } }) };
    const [first, second, other] = await Promise.all(['7', '7', '8'].map((seed) => run(files, ['--json', '--history', '--seed', seed])));
    expect(second).toEqual(first);
    expect(other!.stdout).not.toBe(first!.stdout);
  });
});

describe('--history and --query', () => {
  const files = { 'a.json': echo };
  const input = '{"items":[{"sku":"a","price":5},{"sku":"b","price":50}]}';
  it.each<{ args: string[]; found: unknown }>([
    { args: ['--query', '$.items[1].sku'], found: 'b' },
    { args: ['--query', "$['items'][0]['price']"], found: 5 },
    { args: ['--query', '$.items[*].sku'], found: ['a', 'b'] },
    { args: ['--query', '$.items[?(@.price > 10)].sku'], found: ['b'] },
    { args: ['--query', '$..nothing'], found: [] },
    { args: ['--history', '--query', '$[*].type'], found: ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'] },
    { args: ['--history', '--query', '$[?(@.type.match(/Entered$/))].details.name'], found: ['Echo'] },
  ])('$args', async ({ args, found }) => {
    const text = await run(files, [...args, '--input', input, '--no-progress', '--no-timeline']);
    expect(JSON.parse(text.stdout)).toEqual(found);
    const json = await run(files, [...args, '--input', input, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'SUCCEEDED', query: found });
  });

  it('says where a query leads nowhere', async () => {
    const { code, stdout, stderr } = await run(files, ['--query', '$.nothing']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain("--query '$.nothing' leads to nothing in the output");
  });

  it('prints the history with times and payloads as values', async () => {
    const { stdout } = await run(files, ['--history', '--input', '{"a":1}']);
    expect((JSON.parse(stdout) as unknown[])[1]).toEqual({
      id: 2, previousEventId: 0, timestamp: '2026-01-01T00:00:00.000Z', type: 'PassStateEntered', details: { name: 'Echo', input: { a: 1 } },
    });
  });

  it('runs nothing of a query as code', async () => {
    const { code } = await run(files, ['--query', '$.items[?(@.sku.__proto__.polluted = 1)]', '--input', input]);
    expect(code).not.toBe(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(('' as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('functions', () => {
  const calls = { 'a.json': machine({ A: task('charge-card', { Next: 'B' }), B: task('Ship') }) };
  it.each<{ name: string; text: string }>([
    { name: 'f.mjs', text: `export const chargeCard = async () => ({ paid: true }); export const Ship = (event, context) => [event, context.functionName];` },
    { name: 'f.cjs', text: `exports.Ship = (event, context, callback) => callback(null, [event, context.functionName]); exports['charge-card'] = async () => ({ paid: true });` },
    {
      name: 'f.mjs',
      text: `export default { 'arn:aws:lambda:us-east-1:123456789012:function:charge-card': () => ({ paid: true }), Ship: (event, { functionName }) => [event, functionName] };`,
    },
  ])('are found in $name', async ({ name, text }) => {
    const { code, stdout, stderr } = await run({ ...calls, [name]: text }, ['--functions', name, '--no-progress', '--no-timeline']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toEqual([{ paid: true }, 'Ship']);
  });

  it('that are missing are named before the run, with what to write', async () => {
    const { code, stderr } = await run(calls, []);
    expect(code).toBe(1);
    expect(stderr).toContain('warning Tasks call functions nobody gave:');
    expect(stderr).toContain('  A: arn:aws:lambda:us-east-1:123456789012:function:charge-card');
    expect(stderr).toContain("export default { 'charge-card': async (event, context) => ({ … }) }");
    expect(stderr).toContain('Lambda.ResourceNotFoundException');
  });

  it.each<{ what: string; text: string; says: string }>([
    { what: 'throws', text: `throw new TypeError('no \\u001b[31mway');`, says: 'no \\u001b[31mway' },
    { what: 'has a fault', text: 'export const x = ;', says: 'Unexpected token' },
    { what: 'exports none', text: 'export const x = 1;', says: 'exports no function' },
  ])('in a module that $what are refused', async ({ text, says }) => {
    const { code, stderr } = await run({ ...calls, 'f.mjs': text }, ['--functions', 'f.mjs']);
    expect(code).toBe(2);
    expect(stderr).toContain('--functions f.mjs:');
    expect(stderr).toContain(says);
  });

  it('answer other resources too, and throw their errors', async () => {
    const states = {
      Send: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'q', MessageBody: 'hi' }, ResultPath: '$.sent', Next: 'Put' },
      Put: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { TableName: 't', Item: {} }, End: true },
    };
    const module = `export default {
      'arn:aws:states:::sqs:sendMessage': ({ MessageBody }) => ({ MessageId: MessageBody + '!' }),
      'arn:aws:states:::dynamodb:putItem': () => { throw Object.assign(new Error('busy'), { name: 'DynamoDB.Throttled' }); },
    }`;
    const { stdout } = await run({ 'a.json': machine(states), 'f.mjs': module }, ['--functions', 'f.mjs', '--json', '--history']);
    const { error, cause, history } = JSON.parse(stdout) as { error: string; cause: string; history: { type: string; details?: { output?: unknown } }[] };
    expect({ error, cause }).toEqual({ error: 'DynamoDB.Throttled', cause: 'busy' });
    expect(history.find(({ type }) => type === 'TaskSucceeded')?.details?.output).toEqual({ MessageId: 'hi!' });
  });

  it('that other resources lack are asked for by name', async () => {
    const states = { Put: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { TableName: 't', Item: {} }, End: true } };
    const { code, stderr } = await run({ 'a.json': machine(states) }, []);
    expect(code).toBe(1);
    expect(stderr).toContain("export default { 'arn:aws:states:::dynamodb:putItem': async (parameters) => ({ … }) }");
  });
});

describe('definitions', () => {
  const cdk = {
    Resources: {
      ChargeCard1A2B3C4D: { Type: 'AWS::Lambda::Function', Properties: {} },
      OrderMachine5E6F7A8B: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          DefinitionString: { 'Fn::Join': ['', ['{"StartAt":"A","States":{"A":{"Type":"Task","End":true,"Resource":"', { 'Fn::GetAtt': ['ChargeCard1A2B3C4D', 'Arn'] }, '"}}}']] },
        },
      },
      Other9A9B9C9D: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: '{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}' } },
    },
  };

  it('from cdk synth: machine and function by the ids of the code', async () => {
    const files = { 'Shop.template.json': cdk, 'f.mjs': 'export const ChargeCard = () => "paid";' };
    const { code, stdout } = await run(files, ['--state-machine', 'OrderMachine', '--functions', 'f.mjs']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '"paid"\n' });
  });

  it('several: says how to pick one', async () => {
    const { code, stderr } = await run({ 'Shop.template.json': cdk }, []);
    expect(code).toBe(2);
    expect(stderr).toContain('Pick one: --state-machine OrderMachine5E6F7A8B');
  });

  it('with substitutions, typed where they stand alone; unused ones are mentioned', async () => {
    const text = `StartAt: A\nStates:\n  A: { Type: Wait, Seconds: '\${Delay}', Next: B }\n  B: { Type: Pass, Result: 'for \${Name}', End: true }\n`;
    const args = ['--substitution', 'Delay=30', '-s', 'Name=a=b', '-s', 'Nmae=x', '--no-progress', '--no-timeline'];
    const { code, stdout, stderr } = await run({ 'a.asl.yaml': text }, args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '"for a=b"\n' });
    expect(stderr).toContain('--substitution Nmae: nothing in a.asl.yaml asks for it.');
    expect(stderr).toContain('SUCCEEDED in 30.00 s');
  });

  it('that are invalid are not run', async () => {
    const { code, stdout, stderr } = await run({ 'a.json': `{\n"StartAt": "Frist",\n"States": {"First": {"Type": "Succeed"}}}` }, []);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`a.json:2:12: ERROR MISSING_TRANSITION_TARGET`);
    expect(stderr).toContain(`Did you mean 'First'?`);
    expect(stderr).toContain('a.json was not run.');
  });

  it.each<{ what: string; content: string | Uint8Array; says: string }>([
    { what: 'is binary', content: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), says: 'no UTF-8 text (it begins with the bytes ffd8ffe0)' },
    { what: 'is UTF-16', content: Uint8Array.of(0xff, 0xfe, 0x7b, 0), says: 'save it as UTF-8' },
    { what: 'is empty', content: '', says: 'a.json' },
    { what: 'is cut off', content: '{"StartAt":"A",', says: 'line 1, column 16' },
    { what: 'is nested too deep', content: '['.repeat(100_000), says: 'a.json' },
    { what: 'is something else', content: '{"name":"package"}', says: 'a definition has StartAt and States' },
    { what: 'has a huge number', content: '{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1e400,"End":true}}}', says: 'a.json' },
  ])('a file that $what', async ({ content, says }) => {
    const { code, stdout, stderr } = await run({ 'a.json': content }, []);
    expect(stderr).toContain(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('an execution that does not end by itself', () => {
  it('is stopped by Ctrl-C, and says where it stood', async () => {
    const states = {
      P: {
        Type: 'Parallel',
        Branches: [machine({ Nap: { Type: 'Wait', Seconds: 3600, End: true } }), machine({ Try: task('f', { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 900 }], End: true }) })],
        End: true,
      },
    };
    const cwd = folderWith({ 'a.json': machine(states), 'f.cjs': 'exports.f = () => { throw new RangeError("x"); };' });
    const { code, stdout, stderr } = await runInTest(['run', 'a.json', '--functions', 'f.cjs'], {
      cwd,
      onStderr: (text, interrupt) => void (text.includes('RangeError') && interrupt()),
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/✗ ABORTED .*\n {2}Interrupted\n {2}Stopped by SIGINT\.\nIt stood in:\n {2}P › Nap \(Wait, for .*\)\n {2}P › Try \(Task, for .*, waiting to retry after RangeError\)\n$/);
  });

  it('is stopped in an endless loop', async () => {
    const loop = machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'A' }], Default: 'C' }, C: { Type: 'Succeed' } });
    const { code, stderr } = await run({ 'a.json': loop }, ['--no-timeline', '--input', '{"a":1}'], { onStderr: (text, interrupt) => void (text.includes('not shown') && interrupt()) });
    expect(code).toBe(1);
    expect(stderr).toMatch(/ABORTED|States\.Runtime/);
    // A loop says no more than its share.
    expect(stderr.split('\n').length).toBeLessThan(60);
  });

  it('is reported where nothing can ever answer it', async () => {
    const states = { T: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', MessageBody: 'm' }, End: true } };
    const files = { 'a.json': machine(states), 'f.mjs': `export default { 'arn:aws:states:::sqs:sendMessage.waitForTaskToken': () => ({}) }` };
    const text = await run(files, ['--functions', 'f.mjs']);
    expect(text.code).toBe(1);
    expect(text.stderr).toContain("state 'T' waits for an answer to its task token");
    const json = await run(files, ['--functions', 'f.mjs', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'RUNNING', problem: expect.stringContaining('can never end') });
  });
});

it('an input over the limit is refused in the words of the service', async () => {
  const { code, stderr } = await run({ 'a.json': echo, 'in.json': ['x'.repeat(300_000)] }, ['--input', '@in.json']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: \w+: /);
});

it('names and causes cannot steer the terminal', async () => {
  const evil = '\u001b[2J\u0007\u202e';
  const { stderr } = await run({ 'a.json': machine({ A: { Type: 'Fail', Error: `E${evil}`, Cause: `because${evil}` } }) }, []);
  // eslint-disable-next-line no-control-regex
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  expect(stderr).toContain('\\u001b[2J');
});
