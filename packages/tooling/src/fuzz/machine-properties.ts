import assert from 'node:assert/strict';
import { listPoints, type Probe } from '@interstate/core';
import { checkMachineContract } from '@interstate/kernel/testing';
import { nodeCrypto, type InputEntry, type InputLog, type MessageOrder } from '@interstate/runtime';
import { crashing } from '@interstate/runtime/testing';
import fc from 'fast-check';
import { generatedMachine } from './generated-machine.ts';
import { historyFaults } from './history-rules.ts';
import type { Property } from './property.ts';
import { assertValid, runHosted, runReplayed, runTiny, type Ran } from './run-machine.ts';

const text = ({ end, history, children, effects }: Ran): string => JSON.stringify({ end, history, children, effects }, null, 1);
const outcomeText = ({ end, history, children }: Ran): string => JSON.stringify({ end, history, children }, null, 1);

const anyOrder: fc.Arbitrary<MessageOrder> = fc.oneof(fc.constant('sequence' as const), fc.record({ seed: fc.nat() }));

/** How often events of such a type name each state, children included. */
function namesOf({ history, children }: Ran, type: RegExp): Map<string, number> {
  const events = [history, ...Object.values(children)].flat().filter((event) => type.test(event.type));
  const counts = new Map<string, number>();
  for (const { details } of events) counts.set(String(details!['name']), (counts.get(String(details!['name'])) ?? 0) + 1);
  return counts;
}

function statesCounted(counts: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...counts].flatMap(([point, count]) => (point.startsWith('state ') ? [[nameAt(point), count] as const] : [])));
}

function nameAt(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Not of a state inside it. */
function isWayOf(way: string, state: string): boolean {
  return way.startsWith(`${state}/`) && !way.slice(state.length).includes('/States/');
}

/** What holds for every state machine, whatever it does. */
export const machineProperties: readonly Property[] = [
  {
    name: 'generated definitions are valid',
    property: fc.property(generatedMachine, (machine) => assertValid(machine)),
  },
  {
    name: 'every run ends, with a history that keeps the rules',
    property: fc.property(generatedMachine, (machine) => {
      const ran = runTiny(machine);
      assert.ok(ran.ended, 'did not end');
      for (const history of [ran.history, ...Object.values(ran.children)]) assert.deepEqual(historyFaults(history), [], JSON.stringify(history, null, 1));
    }),
  },
  {
    name: 'a second run is the first, byte for byte',
    property: fc.property(generatedMachine, (machine) => assert.equal(text(runTiny(machine)), text(runTiny(machine)))),
  },
  {
    name: 'cut after every step, saved as text and loaded, a run goes on as if nothing had happened',
    property: fc.property(generatedMachine, (machine) => assert.equal(text(runTiny(machine, { cut: true })), text(runTiny(machine)))),
  },
  {
    name: 'counting what runs changes nothing, and counts what the histories show',
    property: fc.property(generatedMachine, (machine) => {
      const counts = new Map<string, number>();
      const probe: Probe = (kind, pointer) => () => void counts.set(`${kind} ${pointer}`, (counts.get(`${kind} ${pointer}`) ?? 0) + 1);
      const ran = runTiny(machine, { probeOf: () => probe });
      assert.equal(text(ran), text(runTiny(machine)));
      assert.deepEqual(namesOf(ran, /StateEntered$/), statesCounted(counts));
      const points = listPoints(machine.definition);
      const left = namesOf(ran, /StateExited$/);
      for (const { pointer } of points.filter(({ kind }) => kind === 'state')) {
        const ways = points.filter(({ kind, pointer: way }) => kind === 'transition' && isWayOf(way, pointer));
        // Where the state can also end its group, some ways out are no transitions.
        if (!ways.some(({ pointer: way }) => way === `${pointer}/Next` || way.startsWith(`${pointer}/Choices/`))) continue;
        const name = nameAt(pointer);
        assert.equal(ways.reduce((sum, way) => sum + (counts.get(`transition ${way.pointer}`) ?? 0), 0), left.get(name) ?? 0, name);
      }
    }),
  },
  {
    name: 'every machine of a run keeps the machine contract',
    property: fc.property(generatedMachine, (machine) => {
      const { scripts, machines } = runTiny(machine);
      for (const { kind, script } of scripts) {
        checkMachineContract({ machine: () => machines().find((candidate) => candidate.kind === kind)!, script, crypto: nodeCrypto });
      }
    }),
  },
  {
    name: 'a host that crashes after every step, and delivers everything twice, gives the same run',
    property: fc.asyncProperty(generatedMachine, async (machine) => {
      assert.equal(outcomeText(await runHosted(machine, { host: crashing() })), outcomeText(await runHosted(machine)));
    }),
  },
  {
    name: 'the host gives the same run twice, and one that keeps the rules',
    property: fc.asyncProperty(generatedMachine, async (machine) => {
      const ran = await runHosted(machine);
      assert.ok(ran.ended, 'did not end');
      for (const history of [ran.history, ...Object.values(ran.children)]) assert.deepEqual(historyFaults(history), [], JSON.stringify(history, null, 1));
      assert.equal(text(await runHosted(machine)), text(ran));
    }),
  },
  {
    name: 'its input log makes the same run again, in either order of messages, with nobody asked',
    property: fc.asyncProperty(generatedMachine, anyOrder, async (machine, order) => {
      const log: InputEntry[] = [];
      const ran = await runHosted(machine, { host: { order, onInput: (entry) => log.push(entry) } });
      const saved = JSON.parse(JSON.stringify(log)) as InputLog;
      assert.equal(text(runReplayed(machine, saved, { host: { order } })), text(ran));
    }),
  },
  {
    name: 'whatever order a seed gives the messages, a run ends and keeps the rules',
    property: fc.asyncProperty(generatedMachine, fc.nat(), async (machine, seed) => {
      const ran = await runHosted(machine, { host: { order: { seed } } });
      assert.ok(ran.ended, 'did not end');
      for (const history of [ran.history, ...Object.values(ran.children)]) assert.deepEqual(historyFaults(history), [], JSON.stringify(history, null, 1));
    }),
  },
];
