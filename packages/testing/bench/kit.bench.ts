import { createEngine, type Definition } from 'interstate';
import { testCloud } from '../src/index.ts';

const TESTS = 100;

/** A chain of 10 states; each test has its own, as each machine of an application is another. */
function machine(number: number): Definition {
  const States: Record<string, object> = {};
  for (let index = 0; index < 10; index++) States[`S${index}`] = { Type: 'Pass', Result: { number, index }, ResultPath: `$.s${index}`, ...(index === 9 ? { End: true } : { Next: `S${index + 1}` }) };
  return { StartAt: 'S0', States } as Definition;
}

const machines = Array.from({ length: TESTS }, (_, number) => machine(number));

async function withKit(): Promise<void> {
  for (const definition of machines) {
    const cloud = testCloud();
    const created = await cloud.states.create({ definition });
    const { status } = await (await created.start({})).result();
    if (status !== 'SUCCEEDED') throw new Error(status);
    cloud.close();
  }
}

async function bare(): Promise<void> {
  for (const definition of machines) {
    const engine = createEngine({ clock: 'virtual' });
    const { status } = await engine.run(engine.load(definition), {});
    if (status !== 'SUCCEEDED') throw new Error(status);
    engine.close();
  }
}

export const benches = [
  {
    id: 'kit-tests',
    work: 'tests of machines of 10 states, each in a test cloud of its own, against an engine of its own that loads and runs it',
    unit: 'tests/s',
    floor: 0.33,
    count: TESTS,
    ours: withKit,
    peer: bare,
  },
];
