import type { JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { testCloud } from '../test-cloud.ts';
import { HistoryError, readHistory } from './read-history.ts';
import { replay } from './replay.ts';

const resource = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const task = (more: JsonObject = {}): JsonObject => ({ Type: 'Task', Resource: resource, Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 7 }], ...(more['Next'] === undefined && { End: true }), ...more });
const definition: JsonObject = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'One', States: { One: task() } },
        { StartAt: 'Each', States: { Each: { Type: 'Map', ItemsPath: '$.items', ItemProcessor: { StartAt: 'Two', States: { Two: task({ Next: 'Stamp' }), Stamp: { Type: 'Pass', Parameters: { 'at.$': '$$.State.EnteredTime', 'id.$': 'States.UUID()', 'by.$': '$' }, End: true } } }, End: true } } },
      ],
      Next: 'Ask',
    },
    Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } }, TimeoutSeconds: 60, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }], Next: 'Late' },
    Late: { Type: 'Wait', Seconds: 3600, End: true },
  },
};

/** A history as the AWS command line prints it. */
async function record(): Promise<string> {
  const cloud = testCloud({ seed: 7 });
  cloud.mock('One').failsOnce('Busy', 'not now').after(300).thenReturns({ done: 1 }).after(1200);
  cloud.mock('Two', { item: 1 }).returns('slow').after(5000);
  cloud.mock('Two').returns((item: unknown) => item).after(40);
  cloud.mock('Ask').returns('yes').after(30_000);
  const { executionArn } = await cloud.run(definition, { items: ['a', 'b', 'c'] });
  const { events } = await cloud.sfn.getExecutionHistory({ executionArn, maxResults: 1000 });
  cloud.close();
  return JSON.stringify({ events });
}

describe('a recorded execution', () => {
  it('goes the same way again, ids and times made anew', async () => {
    const report = await replay(definition, readHistory(await record()));
    expect(report.difference).toBeUndefined();
    expect(report).toMatchObject({ taskAttempts: 6, run: { status: 'SUCCEEDED' } });
  });

  it.each<[string, (states: Record<string, Record<string, unknown>>) => void, RegExp]>([
    ['another result', ({ Late }) => void (Late!['Seconds'] = 3601), /^$/],
    ['another Retrier', ({ Both }) => void delete (Both as never as { Branches: { States: { One: { Retry?: unknown } } }[] }).Branches[0]!.States.One.Retry, /One|Parallel/],
    ['another state', (states) => void (states['Ask']!['Next'] = 'End', states['End'] = { Type: 'Succeed' }), /^event \d+ recorded WaitStateEntered '\w+', got SucceedStateEntered 'End'$/],
    ['another parameter', ({ Ask }) => void ((Ask!['Parameters'] as Record<string, unknown>)['QueueUrl'] = 'other'), /QueueUrl: recorded "q", got "other"/],
  ])('tells where a changed definition goes another way: %s', async (what, change, difference) => {
    const changed = JSON.parse(JSON.stringify(definition)) as { States: Record<string, Record<string, unknown>> };
    change(changed.States);
    const report = await replay(changed as unknown as JsonObject, readHistory(await record()));
    if (what === 'another result') expect(report.difference).toBeUndefined();
    else expect(report.difference).toMatch(difference);
  });

  it('says which Task the recording knows nothing of', async () => {
    const history = readHistory(JSON.stringify({ events: [{ timestamp: 1, id: 1, previousEventId: 0, type: 'ExecutionStarted', executionStartedEventDetails: { input: '{}' } }] }));
    const { run } = await replay({ StartAt: 'T', States: { T: task() } }, history);
    expect(run).toMatchObject({ status: 'FAILED', error: 'NotRecorded', cause: `The recording has no end for attempt 1 of the Task of 'T' (${resource}).` });
  });
});

describe('a history is read', () => {
  const events = [
    { timestamp: '2024-05-01T10:00:00.123000+02:00', id: 2, previousEventId: 1, type: 'PassStateEntered', stateEnteredEventDetails: { name: 'P', input: '{"a":"<b>"}', inputDetails: { truncated: false } } },
    { timestamp: 1714550400.123, id: 1, previousEventId: 0, type: 'ExecutionStarted', executionStartedEventDetails: { input: '{"a":"<b>"}', roleArn: 'r' } },
  ];
  const read = { events: [{ id: 1, type: 'ExecutionStarted' }, { id: 2, type: 'PassStateEntered', stateEnteredEventDetails: { name: 'P', input: { a: '<text:1>' } } }] };

  it.each([
    ['one page', JSON.stringify({ events })],
    ['a list of pages', JSON.stringify([{ events: [events[0]] }, { events: [events[1]] }])],
    ['pages one after another', `${JSON.stringify({ events: [events[0]] }, null, 2)}\n${JSON.stringify({ events: [events[1]] }, null, 2)}\n`],
    ['events alone', JSON.stringify(events)],
    ['a record on each line', events.map((event) => JSON.stringify(event)).join('\n')],
    ['log events', JSON.stringify({ events: events.map(({ id, previousEventId, type, ...rest }) => ({ timestamp: 1, message: JSON.stringify({ id: String(id), type, previous_event_id: String(previousEventId), event_timestamp: '1714550400123', details: Object.values(rest).at(-1) }) })) })],
  ])('as %s', (_what, text) => {
    const history = readHistory(text);
    expect(history).toMatchObject(read);
    expect(history.bindings.get('<text:1>')).toBe('"<b>"');
    expect(history.times.get(1)).toBe(1714550400123);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"events": ['],
    ['no events', '{"events": []}'],
    ['something else', '{"Records": [1, null, {"type": 3}]}'],
    ['an id that is none', '{"events":[{"type":"PassStateEntered","id":"x"}]}'],
    ['prototypes', '{"__proto__":{"events":[]},"constructor":1}'],
    ['nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('or refused with a reason: %s', (_what, text) => {
    expect(() => readHistory(text)).toThrow(HistoryError);
  });
});
