import type { Json, JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHistory } from '../replay/read-history.ts';
import { replay } from '../replay/replay.ts';
import { testCloud, type TestCloud } from '../test-cloud.ts';
import { createRecorder } from './recording.ts';
import { createTimeTravel, type TimeTravel } from './session.ts';

const TASK = 'arn:aws:lambda:us-east-1:123456789012:function:work';

const ORDER: JsonObject = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Parameters: { 'ids.$': '$.ids' }, Assign: { 'count.$': 'States.ArrayLength($.ids)' }, Next: 'Orders' },
    Orders: {
      Type: 'Map',
      ItemsPath: '$.ids',
      ItemSelector: { 'id.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        StartAt: 'Charge',
        States: {
          Charge: {
            Type: 'Task',
            Resource: TASK,
            Parameters: { 'order.$': '$.id' },
            ResultSelector: { 'paid.$': '$.ok' },
            ResultPath: '$.result',
            Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10 }],
            End: true,
          },
        },
      },
      Next: 'Later',
    },
    Later: { Type: 'Wait', Seconds: 60, End: true },
  },
};

async function travel(definition: JsonObject, input: Json, mock: (cloud: TestCloud) => void = () => undefined): Promise<TimeTravel> {
  const { watcher, recordings } = createRecorder();
  const cloud = testCloud({ watcher });
  mock(cloud);
  const { executionArn, history } = await cloud.run(definition, input);
  const recording = recordings.get(executionArn)!;
  expect(recording.map(({ event }) => event)).toEqual(history());
  return createTimeTravel(recording);
}

const order = (): Promise<TimeTravel> =>
  travel(ORDER, { ids: [7, 8], more: true }, (cloud) => {
    cloud.mock('Orders[1]/Charge').failsOnce('Busy').thenReturns({ ok: 'b' });
    cloud.mock('Orders[0]/Charge').returns({ ok: 'a' }).after(5000);
  });

describe('the children of a distributed Map', () => {
  const processor = (extra: JsonObject = {}): JsonObject => ({
    StartAt: 'Orders',
    States: {
      Orders: {
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Charge', States: { Charge: { Type: 'Task', Resource: TASK, End: true } } },
        Retry: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], IntervalSeconds: 1 }],
        End: true,
        ...extra,
      },
    },
  });

  it('are gone into from where their Map run has started, those of its last attempt', async () => {
    const session = await travel(processor(), ['a', 'b'], (cloud) => void cloud.mock('Charge').failsOnce('Busy').thenReturns(1));
    expect(session.toState('Orders')!.children).toEqual([]);
    session.breakAt(({ event }) => event.type === 'MapRunStarted');
    const first = session.run().children;
    expect(first.map(({ index, recording }) => [index, recording.at(-1)!.event.type])).toEqual([[0, 'ExecutionFailed'], expect.any(Array)]);
    const second = session.run().children;
    expect(second).not.toBe(first);
    expect(second.map(({ index, recording }) => [index, recording.at(-1)!.event.type])).toEqual([[0, 'ExecutionSucceeded'], [1, 'ExecutionSucceeded']]);
    const child = createTimeTravel(second[1]!.recording);
    expect(child.toState('Charge')).toMatchObject({ state: 'Charge', path: [{ state: 'Charge' }], input: 'b', children: [] });
    expect(session.goTo(session.length).children).toEqual([]);
  });

  it('are numbered as they begin, where they are given batches', async () => {
    const session = await travel(processor({ ItemBatcher: { MaxItemsPerBatch: 1 } }), ['a', 'b'], (cloud) => void cloud.mock('Charge').returns(1));
    session.breakAt(({ children }) => children.length > 0);
    expect(session.run().children.map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe('time travel', () => {
  it('shows what the fields of a state have come to, as far as it has gone', async () => {
    const session = await order();
    expect(session.toState('Orders[0]/Charge')).toMatchObject({
      state: 'Charge',
      stateType: 'Task',
      path: [{ state: 'Orders', index: 0 }, { state: 'Charge' }],
      input: { id: 7 },
      effectiveInput: undefined,
      inspectionData: { input: '{"id":7}', variables: '{"count":2}' },
      variables: { count: 2 },
    });
    expect(session.run()).toMatchObject({ event: { type: 'ExecutionSucceeded' }, state: undefined, input: { ids: [7, 8], more: true } });
    session.breakAt(({ event, path }) => event.type === 'TaskStateExited' && path[0]!.index === 0);
    expect(session.runBack().inspectionData).toEqual({
      input: '{"id":7}',
      afterInputPath: '{"id":7}',
      afterParameters: '{"order":7}',
      result: '{"ok":"a"}',
      afterResultSelector: '{"paid":"a"}',
      afterResultPath: '{"id":7,"result":{"paid":"a"}}',
      variables: '{"count":2}',
    });
    expect(session.position.output).toEqual({ id: 7, result: { paid: 'a' } });
    expect(session.toState('Later')).toMatchObject({ input: [{ id: 7, result: { paid: 'a' } }, { id: 8, result: { paid: 'b' } }] });
    session.back();
    expect(session.position).toMatchObject({
      event: { type: 'MapStateExited' },
      inspectionData: { afterItemsPath: '[7,8]', afterItemSelector: '[{"id":7},{"id":8}]' },
    });
  });

  it('shows a failure with the Retrier that took it, and what is waited for meanwhile', async () => {
    const session = await order();
    session.breakAt(({ event }) => event.type === 'LambdaFunctionFailed');
    const failed = session.run();
    expect(failed).toMatchObject({ state: 'Charge', inspectionData: { errorDetails: { retryIndex: 0 } } });
    expect(failed.waits).toEqual([
      { path: 'Orders[0]/Charge', for: 'work', since: failed.time, from: expect.any(Number) as number, to: expect.any(Number) as number },
      { path: 'Orders[1]/Charge', for: 'retry', since: failed.time, from: failed.index, to: expect.any(Number) as number },
    ]);
    session.breakAt('Later');
    const later = session.run();
    expect(later.waits).toMatchObject([{ path: 'Later', for: 'time' }]);
    expect(later.time - failed.time).toBe(10_000);
    expect(session.forward()).toMatchObject({ event: { type: 'WaitStateExited' }, time: later.time + 60_000, waits: [] });
  });

  it('tells of fields that cannot be evaluated, and of Catchers', async () => {
    const session = await travel(
      { StartAt: 'A', States: { A: { Type: 'Task', Resource: TASK, Catch: [{ ErrorEquals: ['No'], Next: 'B' }, { ErrorEquals: ['States.ALL'], Assign: { 'why.$': '$.Error' }, Next: 'B' }], End: true }, B: { Type: 'Pass', InputPath: '$.none', End: true } } },
      {},
      (cloud) => void cloud.mock('A').fails('Other'),
    );
    expect(session.toState('B')).toMatchObject({ variables: { why: 'Other' }, input: { Error: 'Other' } });
    expect(session.back().inspectionData).toMatchObject({ errorDetails: { catchIndex: 1 } });
    expect(session.goTo(session.length)).toMatchObject({ event: { type: 'ExecutionFailed', details: { error: 'States.Runtime' } } });
  });

  it('goes where it is told, or stays and says so', async () => {
    const session = await order();
    expect(session.back().index).toBe(0);
    expect(session.toState('Nowhere')).toBeUndefined();
    expect(session.position.index).toBe(0);
    expect(session.goTo(3).event.id).toBe(3);
    expect(() => session.goTo(1000)).toThrow(`There is no event 1000: the execution has the events 1 to ${session.length}.`);
    const remove = session.breakAt('Later');
    expect(session.run().state).toBe('Later');
    expect(session.backToState('Charge')).toMatchObject({ state: 'Charge', path: [{ index: 1 }, {}] });
    remove();
    expect(session.run().index).toBe(session.length - 1);
    expect(session.forward().index).toBe(session.length - 1);
    expect(session.runBack().index).toBe(0);
    expect(() => createTimeTravel([])).toThrow(RangeError);
  });

  it('shows the same, whichever way a position is come to', async () => {
    const session = await order();
    const seen = Array.from({ length: session.length }, (_none, index) => session.goTo(index + 1));
    fc.assert(
      fc.property(fc.array(fc.constantFrom('forward', 'back', 'run', 'runBack'), { maxLength: 20 }), (moves) => {
        for (const move of moves) expect(session[move as 'forward']()).toEqual(seen[session.position.index]);
      }),
    );
  });

  it('reports what TestState reports', async () => {
    const states: JsonObject[] = [
      { Type: 'Pass', InputPath: '$.a', Parameters: { 'x.$': '$.b' }, ResultPath: '$.r', End: true },
      { Type: 'Pass', Result: [1], End: true },
      { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a %}', Assign: { v: 1 }, End: true },
      { Type: 'Succeed', InputPath: '$.a' },
      { Type: 'Choice', InputPath: '$.a', Choices: [{ Variable: '$.b', IsPresent: true, Next: 'End' }] },
    ];
    for (const state of states) {
      const input = { a: { b: 1 } };
      const session = await travel({ StartAt: 'S', States: { S: state, ...(state['Type'] === 'Choice' && { End: { Type: 'Succeed' } }) } }, input);
      session.breakAt(({ event, state: name }) => name === 'S' && event.type.endsWith('StateExited'));
      const { inspectionData } = await testCloud().sfn.testState({ definition: JSON.stringify(state), input: JSON.stringify(input), inspectionLevel: 'DEBUG' });
      expect(session.run().inspectionData).toEqual(inspectionData);
    }
  });

  it('goes through what happened elsewhere', async () => {
    const cloud = testCloud();
    cloud.mock('Charge').returns({ ok: 'a' });
    const { history } = await cloud.run(ORDER, { ids: [7] });
    const text = JSON.stringify({ events: history().map(({ details, ...event }) => ({ ...event, details })) });
    const { watcher, recordings } = createRecorder();
    await replay(ORDER, readHistory(text), { watcher });
    const session = createTimeTravel([...recordings.values()][0]!);
    expect(session.toState('Charge')).toMatchObject({ input: { id: 7 } });
  });

  it('keeps the children of a distributed Map apart', async () => {
    const { watcher, recordings } = createRecorder();
    const definition = structuredClone(ORDER) as unknown as { States: { Orders: { ItemProcessor: JsonObject } } };
    definition.States.Orders.ItemProcessor = { ...definition.States.Orders.ItemProcessor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
    const cloud = testCloud({ watcher });
    cloud.mock('Charge').returns({ ok: 'a' });
    await cloud.run(definition as unknown as JsonObject, { ids: [7, 8] });
    const [, first, second] = [...recordings.values()].map(createTimeTravel);
    expect([first, second].map((session) => session!.toState('Charge')!.input)).toEqual([{ id: 7 }, { id: 8 }]);
  });
});
