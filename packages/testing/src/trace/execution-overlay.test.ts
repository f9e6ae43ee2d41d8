import type { Json, JsonObject } from '@interstate/kernel';
import { expect, it } from 'vitest';
import { readHistoryEvents } from '../replay/read-history.ts';
import { testCloud, type TestCloud } from '../test-cloud.ts';
import { executionOverlay } from './execution-overlay.ts';

const task = (next: JsonObject): JsonObject => ({ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', ...next });
const DEFINITION: JsonObject = {
  StartAt: 'Charge',
  States: {
    Charge: task({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60 }], Catch: [{ ErrorEquals: ['Declined'], Next: 'Refuse' }], Next: 'Pack' }),
    Pack: { Type: 'Map', ItemProcessor: { StartAt: 'Wrap', States: { Wrap: { Type: 'Pass', Next: 'Label' }, Label: task({ End: true }) } }, Next: 'Done' },
    Done: { Type: 'Succeed' },
    Refuse: { Type: 'Fail', Error: 'Refused' },
  },
};

async function overlayOf(input: Json, mock: (cloud: TestCloud) => void): Promise<object> {
  const cloud = testCloud();
  mock(cloud);
  const { executionArn, history } = await cloud.run(DEFINITION, input);
  const { states, transitions } = executionOverlay(history());
  const { events } = await cloud.sfn.getExecutionHistory({ executionArn, maxResults: 1000 });
  expect(executionOverlay(readHistoryEvents(JSON.stringify({ events })))).toEqual({ states, transitions });
  return { states: Object.fromEntries(states), transitions: Object.fromEntries(transitions) };
}

it('shows the way an execution took, and how each state ended', async () => {
  const overlay = await overlayOf(null, (cloud) => {
    cloud.mock('Charge').failsOnce('Busy').thenReturns([1, 2]);
    cloud.mock('Label', { item: 1 }).returns(1).after(5_400_000);
    cloud.mock('Label').returns(1);
  });
  expect(overlay).toEqual({
    states: {
      Charge: { status: 'succeeded', note: '1 min · 1 retry' },
      Pack: { status: 'succeeded', note: '1.5 h' },
      Wrap: { status: 'succeeded', note: '2×' },
      Label: { status: 'succeeded', note: '2× · 1.5 h' },
      Done: { status: 'succeeded' },
    },
    transitions: { 'Charge → Pack': 1, 'Pack → Done': 1, 'Wrap → Label': 2, 'Label → ': 2, 'Done → ': 1 },
  });
});

it('shows what was caught, what failed, and where it ended', async () => {
  expect(await overlayOf(null, (cloud) => void cloud.mock('Charge').fails('Declined'))).toEqual({
    states: { Charge: { status: 'caught' }, Refuse: { status: 'failed' } },
    transitions: { 'Charge → Refuse': 1, 'Refuse → ': 1 },
  });
  expect(
    await overlayOf(null, (cloud) => {
      cloud.mock('Charge').returns([1]);
      cloud.mock('Label').fails('Lost');
    }),
  ).toMatchObject({ states: { Charge: { status: 'succeeded' }, Pack: { status: 'failed' }, Wrap: { status: 'succeeded' }, Label: { status: 'failed' } }, transitions: { 'Charge → Pack': 1, 'Wrap → Label': 1 } });
});
