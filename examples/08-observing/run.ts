/** What an execution does, as it happens and afterwards: history events, a timeline of states, one event of every kind of failure. */
import assert from 'node:assert/strict';
import { createCloud, defineStateMachine } from 'interstate';

const definition = defineStateMachine({
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Wait', Seconds: 3, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Quick', States: { Quick: { Type: 'Wait', Seconds: 1, End: true } } },
        { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 4, End: true } } },
      ],
      End: true,
    },
  },
});

const cloud = createCloud({ clock: 'virtual', seed: 1 });
const seen: string[] = [];
const stopListening = cloud.onHistory((_executionArn, { type }) => void seen.push(type));
const result = await cloud.run(definition);
stopListening();

// As it happened, and afterwards: the same events.
const history = result.history();
assert.deepEqual(history.map(({ type }) => type), seen);

// A timeline: when each state was entered and left, in seconds since the start.
const timeline = new Map<string, [from: number, to: number]>();
for (const { type, timestamp, details } of history) {
  const name = details?.['name'] as string;
  const seconds = (timestamp - result.startTime) / 1000;
  if (type.endsWith('StateEntered')) timeline.set(name, [seconds, Infinity]);
  if (type.endsWith('StateExited')) timeline.get(name)![1] = seconds;
}
assert.deepEqual([...timeline], [['Prepare', [0, 3]], ['Both', [3, 7]], ['Quick', [3, 4]], ['Slow', [3, 7]]]);
for (const [name, [from, to]] of timeline) console.log(`${' '.repeat(from * 2)}${'█'.repeat((to - from) * 2)} ${name}`);

// The same seed and the same inputs give the same history: ids, times, tokens.
const again = await createCloud({ clock: 'virtual', seed: 1 }).run(definition);
assert.deepEqual(again.history(), history);
assert.equal(again.executionArn, result.executionArn);
