import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runInTest } from '../test-terminal.ts';

const cwd = mkdtempSync(join(tmpdir(), 'interstate-chaos-'));
const charge = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', Parameters: { 'IdempotencyKey.$': '$$.Execution.Name' }, End: true };
const machine = (state: object): string => JSON.stringify({ StartAt: 'Charge', States: { Charge: state } });
writeFileSync(join(cwd, 'bare.asl.json'), machine(charge));
writeFileSync(join(cwd, 'careful.asl.json'), machine({ ...charge, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }));
writeFileSync(join(cwd, 'functions.mjs'), 'export const charge = async () => ({ paid: true });\n');
afterAll(() => rmSync(cwd, { recursive: true }));

it('says what does not hold, with the story that shows it', async () => {
  const run = await runInTest(['chaos', 'bare.asl.json', '--functions', 'functions.mjs', '--seeds', '3'], { cwd });
  expect(run.code).toBe(1);
  expect(run.stdout).toContain("✗ 'Charge' no Retrier and no Catcher covers Lambda.ServiceException\n    1. 'Charge' fails with Lambda.ServiceException\n");
});

it('is quiet where everything holds', async () => {
  expect(await runInTest(['chaos', 'careful.asl.json', '--seeds', '3'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✔ 0 findings in \d+ runs of 1 Task attempts\n$/) as unknown });
  const { stdout } = await runInTest(['chaos', 'careful.asl.json', '--seeds', '1', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ findings: [], attempts: 1, handOvers: 0 });
});

it('names every error path that no Retrier and no Catcher covers', async () => {
  writeFileSync(join(cwd, 'partly.asl.json'), machine({ ...charge, Retry: [{ ErrorEquals: ['Lambda.ServiceException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException'] }] }));
  const { code, stdout } = await runInTest(['chaos', 'partly.asl.json', '--seeds', '1'], { cwd });
  const told = (error: string): string => `✗ 'Charge' no Retrier and no Catcher covers ${error}\n    1. 'Charge' fails with ${error}\n`;
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/2 findings in \d+ runs of 1 Task attempts\n$/) as unknown });
  expect(stdout.startsWith(told('Lambda.AWSLambdaException') + told('Lambda.TooManyRequestsException'))).toBe(true);
});

it('makes resources in every run, and warns where it fails without any fault', async () => {
  const tell = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/tell.fifo', MessageBody: 'a', MessageGroupId: 'a', MessageDeduplicationId: 'a' }, Retry: [{ ErrorEquals: ['States.TaskFailed'] }], End: true };
  writeFileSync(join(cwd, 'tell.asl.json'), machine(tell));
  writeFileSync(join(cwd, 'resources.yaml'), "- sqs:createQueue: { QueueName: tell.fifo, Attributes: { FifoQueue: 'true' } }\n");
  const without = await runInTest(['chaos', 'tell.asl.json', '--seeds', '1'], { cwd });
  expect(without.stderr).toMatch(/^warning Without any fault it FAILED in 'Charge' with SQS\.QueueDoesNotExistException: .*\. What comes after that is not shaken\.\n$/);
  expect(await runInTest(['chaos', 'tell.asl.json', '--seeds', '1', '--resources', 'resources.yaml'], { cwd })).toMatchObject({ code: 0, stderr: '' });
});

it.each([
  ['resources.json', '[{"sqs:createQeue":{}}]', "error: resources.json: resources[0].sqs:createQeue: the operation 'createQeue' is not known here. Did you mean createQueue?\n"],
  ['resources.json', '{"sqs:createQueue":{}}', 'error: resources.json: resources: must be a list of calls, in order, such as'],
  ['resources.json', '[', 'error: resources.json, line 1'],
  ['nowhere.yaml', '', 'error: nowhere.yaml: there is no such file.'],
])('refuses resources that cannot be made: %s %s', async (file, text, message) => {
  if (text !== '') writeFileSync(join(cwd, file), text);
  for (const command of ['run', 'debug', 'chaos']) {
    const { code, stderr } = await runInTest([command, 'careful.asl.json', '--resources', file], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as unknown });
  }
});

const APPLICATION = `
  export const options = { functions: { charge: ({ Records }) => { for (const { body } of Records) total += Number(body); } }, properties: { isBounded: ({ done }) => (done.length > 3 ? 'charges too often' : undefined) } };
  let total;
  export default async function (cloud) {
    total = 0;
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'charges.fifo', Attributes: { FifoQueue: 'true' } });
    await cloud.sqs.createQueue({ QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } });
    await cloud.sqs.setQueueAttributes({ QueueUrl, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead.fifo', maxReceiveCount: 4 }) } });
    await cloud.lambda.createEventSourceMapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:charges.fifo', FunctionName: 'charge' });
    return { stimulus: () => cloud.sqs.sendMessage({ QueueUrl, MessageBody: '10', MessageGroupId: 'g', MessageDeduplicationId: '1' }), outcome: () => total };
  }`;

it('shakes an application that a module builds', async () => {
  writeFileSync(join(cwd, 'app.chaos.mjs'), APPLICATION);
  expect(await runInTest(['chaos', 'app.chaos.mjs', '--seeds', '3'], { cwd })).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^✗ the application comes to 20, and to 10 where nothing goes wrong\n {4}1\. 'charges\.fifo' is not told that a message was dealt with, and delivers it again\n✗ 1 findings in \d+ runs of 0 Task attempts and 2 hand-overs\n$/) as unknown,
  });
});

it.each([
  ['export default {};', /^error: app\.mjs: It has no default export that builds an application: export default async function \(cloud\)/],
  ['export default () => ({}); export const options = { function: {} };', /^error: app\.mjs: options\.function: is not known here\. Did you mean functions\?/],
  ['export default () => ({}); export const options = 1;', /^error: app\.mjs: options: must be an object\./],
  ['export default () => ({}); export const options = { functions: { f: 1 } };', /^error: app\.mjs: options\.functions\.f: must be a function\./],
  ['export default () => ({}); export const options = { properties: null };', /^error: app\.mjs: options\.properties: must be an object of functions\./],
  ['export default () => ({});', /^error: app\.mjs: It fails where nothing goes wrong: An application must give \{ stimulus/],
  ["throw new TypeError('no');", /^error: app\.mjs: It cannot be loaded: no/],
])('says what is wrong with the module %s', async (text, message) => {
  writeFileSync(join(cwd, 'app.mjs'), text);
  expect(await runInTest(['chaos', 'app.mjs'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as unknown });
});

it('says that there is no such module', async () => {
  expect(await runInTest(['chaos', 'missing.chaos.ts'], { cwd })).toMatchObject({ code: 2, stderr: 'error: missing.chaos.ts: There is no such file.\n' });
});

it('says which options are for definitions', async () => {
  writeFileSync(join(cwd, 'app.mjs'), APPLICATION);
  expect(await runInTest(['chaos', 'app.mjs', '--input', '{}'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('--input {}: is for definitions') as unknown });
});
