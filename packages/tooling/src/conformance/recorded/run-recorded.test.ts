import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import type { RecordedExecution, RecordedTaskOutcome as TaskOutcome } from './case.ts';
import { invokeDescribed } from './described-lambda.ts';
import { runRecorded } from './run-recorded.ts';

const task = (service: string, more: Json = {}): Json => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: `arn:aws:states:::${service}`, Parameters: {}, End: true, ...(more as object) } },
});
const outcome = (end: Partial<TaskOutcome>): TaskOutcome => ({ state: 'Ask', attempt: 1, enteredEventId: 2, resource: 'x', ...end });

function recorded(definition: Json, more: Partial<RecordedExecution> = {}): RecordedExecution {
  return { id: 'x', recorded: '2025-01-01', kind: 'execution', type: 'STANDARD', definition: definition as RecordedExecution['definition'], input: {}, history: null, outcome: null, taskOutcomes: [], ...more };
}

async function run(definition: Json, taskOutcomes: readonly TaskOutcome[], more: Partial<RecordedExecution> = {}) {
  const ended = await runRecorded(recorded(definition, { taskOutcomes, ...more }), 'memory');
  return { ...ended, history: ended.history.map(({ type }) => type).slice(2, -1) };
}

describe('a Task ends as recorded', () => {
  it('with its result, attempt by attempt', async () => {
    const retry = { Retry: [{ ErrorEquals: ['Busy'] }] };
    expect(await run(task('sqs:sendMessage', retry), [outcome({ error: 'Busy', cause: { a: 1 } }), outcome({ result: [1] })])).toEqual({
      status: 'SUCCEEDED',
      output: [1],
      error: undefined,
      cause: undefined,
      history: ['TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'],
    });
  });

  it('with its error, the cause as exact text or written compactly', async () => {
    expect(await run(task('sqs:sendMessage'), [outcome({ error: 'E', cause: { a: 1 } })])).toMatchObject({ status: 'FAILED', error: 'E', cause: '{"a":1}' });
    expect(await run(task('sqs:sendMessage'), [outcome({ error: 'E', cause: { a: 1 }, causeText: '{ "a": 1 }' })])).toMatchObject({ cause: '{ "a": 1 }' });
    expect(await run(task('sqs:sendMessage'), [outcome({ error: null })])).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
  });

  it('by its token, after what was submitted', async () => {
    const parameters = { Parameters: { 'Token.$': '$$.Task.Token' } };
    expect(await run(task('sqs:sendMessage.waitForTaskToken', parameters), [outcome({ submitted: { Id: 1 }, result: 2 })])).toMatchObject({
      output: 2,
      history: ['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited'],
    });
  });

  it('by its timeout, whether it was submitted or never answered', async () => {
    const limit = { TimeoutSeconds: 5, Parameters: { 'Token.$': '$$.Task.Token' } };
    const history = { status: 'FAILED', error: 'States.Timeout' };
    expect(await run(task('sqs:sendMessage.waitForTaskToken', limit), [outcome({ submitted: {}, timeout: true })])).toMatchObject(history);
    expect(await run(task('sqs:sendMessage', { TimeoutSeconds: 5 }), [outcome({ timeout: true })])).toMatchObject(history);
  });

  it('not otherwise: what is not recorded is said to be', async () => {
    expect(await run(task('sqs:sendMessage'), [])).toMatchObject({ status: 'FAILED', error: 'NotRecorded' });
    expect(await run(task('sqs:sendMessage'), [outcome({ state: 'Other', result: 1 })])).toMatchObject({ error: 'NotRecorded' });
  });
});

it('stops an execution that was recorded stopped, once it waits', async () => {
  const definition = { StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: 60, End: true } } };
  const ended = await runRecorded(recorded(definition, { outcome: { status: 'ABORTED' } }), 'memory');
  expect(ended.status).toBe('ABORTED');
  expect(ended.history.map(({ type }) => type)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
});

it('comes to the same on a host that crashes after every step', async () => {
  const one = recorded(task('sqs:sendMessage', { Retry: [{ ErrorEquals: ['Busy'] }] }), { taskOutcomes: [outcome({ error: 'Busy' }), outcome({ result: 1 })] });
  expect(await runRecorded(one, 'crash')).toEqual(await runRecorded(one, 'memory'));
});

describe('a described function', () => {
  it.each<[description: string, event: Json, outcome: unknown]>([
    ['returns its event', { a: 1 }, { ok: true, value: { a: 1 } }],
    ['returns a string of 3 letters z', {}, { ok: true, value: 'zzz' }],
    ['returns the bytes "\\"text\\""', {}, { ok: true, value: 'text' }],
    ['sleeps 60 s, then returns its event', {}, undefined],
  ])('that %s', (description, event, expected) => {
    expect(invokeDescribed(description, event, true)).toEqual(expected);
  });

  it('that raises fails as the Python runtime does', () => {
    expect(invokeDescribed("raises Oops('no')", {}, false)).toMatchObject({ ok: false, error: { Error: 'Oops', Cause: expect.stringMatching(/^{"errorMessage":"no","errorType":"Oops","requestId":/) } });
    expect(invokeDescribed("raises Oops, message 'no'", {}, true)).toMatchObject({ error: { Cause: expect.stringMatching(/^{"errorMessage": "no", "errorType": "Oops", /) } });
  });

  it('is answered through lambda:invoke with the shape of the invoke response', () => {
    expect(invokeDescribed('returns its event', { a: [1] }, false)).toMatchObject({ ok: true, value: { Payload: { a: [1] }, StatusCode: 200, SdkHttpMetadata: { HttpHeaders: { 'Content-Length': '10' } } } });
  });
});
