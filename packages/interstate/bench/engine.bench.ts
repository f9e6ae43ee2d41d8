import { StateMachine } from 'aws-local-stepfunctions';
import { createEngine, type Definition, type Engine, type EngineProgram, type RunOptions } from '../src/index.ts';

// The peer's Task states ask for a function that Node has from version 22 on.
const withResolvers = Promise as unknown as { withResolvers?: () => unknown };
withResolvers.withResolvers ??= () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};

const RELAXED = { limits: { historyEvents: 10_000_000 } } satisfies RunOptions;
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:echo';

function chain(length: number): Definition {
  const States: Record<string, object> = {};
  for (let index = 0; index < length; index++) {
    States[`S${index}`] = {
      Type: 'Pass',
      Parameters: { 'value.$': '$.order.total', fixed: index, 'id.$': '$.id' },
      ResultPath: `$.step${index}`,
      ...(index === length - 1 ? { End: true } : { Next: `S${index + 1}` }),
    };
  }
  return { StartAt: 'S0', States } as Definition;
}

const LOOP = {
  StartAt: 'More?',
  States: {
    'More?': { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 10_000, Next: 'Add' }], Default: 'Done' },
    Add: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)', 'payload.$': '$.payload' }, Next: 'More?' },
    Done: { Type: 'Succeed' },
  },
} as Definition;

const MAP = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'First',
        States: { First: { Type: 'Pass', Next: 'Second' }, Second: { Type: 'Pass', End: true } },
      },
      End: true,
    },
  },
} as Definition;

const TASK = { StartAt: 'Call', States: { Call: { Type: 'Task', Resource: FUNCTION, End: true } } } as Definition;
const WAIT = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } } as Definition;

const echo = async (input: unknown): Promise<unknown> => input;

/** One engine and one definition, many executions. */
function ours(definition: Definition, options: RunOptions): (inputs: readonly unknown[]) => Promise<void> {
  const engine = createEngine({ functions: { echo } });
  const program = engine.load(definition);
  return async (inputs) => {
    await Promise.all(inputs.map((input) => engine.run(program, input, options)));
  };
}

/** The same work at two sizes: what a unit costs at the larger one may be at most half as much again. */
function flat(id: string, work: string, larger: { readonly runs: number; readonly units: number; readonly run: () => unknown }, smaller: typeof larger) {
  const perUnit = async ({ runs, units, run }: typeof larger): Promise<number> => {
    await run();
    const began = performance.now();
    for (let index = 0; index < runs; index++) await run();
    return ((performance.now() - began) / (runs * units)) * 1_000_000;
  };
  return {
    id,
    work,
    unit: 'ns each',
    floor: 0.67,
    count: 1,
    better: 'lower' as const,
    measure: 'custom' as const,
    ours: () => perUnit(larger),
    peer: () => perUnit(smaller),
  };
}

function loop(iterations: number): () => Promise<void> {
  const run = ours(LOOP, { ...RELAXED, history: false });
  return () => run([{ n: 10_000 - iterations, payload: null }]);
}

/** Engines with executions that wait: they would keep the process alive. */
const waitingEngines: Engine[] = [];

/** Executions of a short chain, one after the other, while others wait. */
function beside(waiting: number): () => Promise<void> {
  let engine: Engine | undefined;
  let program: EngineProgram;
  return async () => {
    if (!engine) {
      engine = createEngine();
      waitingEngines.push(engine);
      program = engine.load(chain(10));
      const parked = engine.load(WAIT);
      for (let index = 0; index < waiting; index++) await engine.runUntilBlocked(engine.start(parked));
    }
    for (let index = 0; index < 100; index++) await engine.run(program, order, RELAXED);
  };
}

/** What the chain does, as a person would write it without an engine. */
function chainByHand(input: unknown): unknown {
  let state = input as Record<string, unknown>;
  for (let index = 0; index < 10; index++) {
    const value = { value: (state['order'] as { total: number }).total, fixed: index, id: state['id'] };
    state = { ...state, [`step${index}`]: value };
  }
  return state;
}

function loopByHand(): unknown {
  let state = { n: 0, payload: null };
  while (state.n < 10_000) state = { n: Math.round(state.n) + 1, payload: state.payload };
  return state;
}

/** Keeps results from being optimised away. */
export let sink: unknown;

function peers(definition: Definition): (inputs: readonly unknown[]) => Promise<void> {
  const machine = new StateMachine(definition as never, { validationOptions: { noValidate: true } } as never);
  const options = { overrides: { taskResourceLocalHandlers: { Call: echo } } };
  return async (inputs) => {
    await Promise.all(inputs.map((input) => machine.run(input as never, options as never).result));
  };
}

function row(id: string, work: string, unit: string, floor: number, definition: Definition, inputs: readonly unknown[], unitsPerRun: number, options: RunOptions = RELAXED) {
  const us = ours(definition, options);
  const them = peers(definition);
  return { id, work, unit, floor, count: inputs.length * unitsPerRun, ours: () => us(inputs), peer: () => them(inputs) };
}

const order = { id: 'order-1', order: { total: 12.5, items: ['a', 'b'] } };
const repeat = (input: unknown, times: number): unknown[] => Array.from({ length: times }, () => input);
const payload = Array.from({ length: 1_000 }, (_, index) => ({ index, name: `item ${index}` }));

const LARGE = JSON.stringify(chain(100));
const limitChain = ours(chain(10), { ...RELAXED, history: false });
const limitLoop = ours(LOOP, { ...RELAXED, history: false });

export const benches = [
  row('chain-history', 'chain of 10 Pass states with Parameters and ResultPath, history kept', 'transitions/s', 10, chain(10), repeat(order, 500), 10),
  row('chain-express', 'the same chain, history off', 'transitions/s', 20, chain(10), repeat(order, 500), 10, { ...RELAXED, history: false }),
  row('choice-loop', '10,000 iterations of Choice and MathAdd', 'iterations/s', 20, LOOP, [{ n: 0, payload: null }], 10_000),
  row('choice-loop-payload', 'the same loop, carrying an untouched array of 1,000 items', 'iterations/s', 200, LOOP, [{ n: 9_000, payload }], 1_000),
  row('map-inline', 'Map of 10,000 items, 2 states each', 'items/s', 15, MAP, [Array.from({ length: 10_000 }, (_, index) => index)], 10_000),
  row('tasks-at-once', '10,000 executions at once, one Task on a local function each, history off', 'executions/s', 5, TASK, repeat({ n: 1 }, 10_000), 1, { ...RELAXED, history: false }),
  {
    id: 'load-definition',
    work: 'load, validate and compile 100 states',
    unit: 'ms each',
    floor: 20,
    count: 1,
    better: 'lower' as const,
    ours: () => createEngine().load(LARGE),
    peer: () => new StateMachine(JSON.parse(LARGE) as never),
  },
  {
    id: 'limit-chain',
    work: 'the chain, against the same done by hand without an engine',
    unit: 'transitions/s',
    count: 5_000,
    ours: () => limitChain(repeat(order, 500)),
    peer: () => {
      for (let index = 0; index < 500; index++) sink = chainByHand(order);
    },
  },
  {
    id: 'limit-loop',
    work: 'the loop, against the same done by hand without an engine',
    unit: 'iterations/s',
    count: 10_000,
    ours: () => limitLoop([{ n: 0, payload: null }]),
    peer: () => {
      sink = loopByHand();
    },
  },
  flat('flat-length-1000', 'a transition among 1,000 executed, against among 10, history off', { runs: 40, units: 1_000, run: loop(500) }, { runs: 4_000, units: 10, run: loop(5) }),
  flat('flat-length-100000', 'a transition among 100,000 executed, against among 1,000, history off', { runs: 1, units: 100_000, run: loop(50_000) }, { runs: 100, units: 1_000, run: loop(500) }),
  {
    ...flat('flat-live', 'a transition beside 10,000 executions that wait, against beside one', { runs: 60, units: 1_000, run: beside(10_000) }, { runs: 60, units: 1_000, run: beside(1) }),
    teardown: () => {
      for (const engine of waitingEngines) engine.close();
    },
  },
  {
    id: 'parked-heap',
    work: 'heap for an execution parked in a Wait',
    unit: 'bytes/execution',
    floor: 5,
    count: 1,
    better: 'lower' as const,
    measure: 'custom' as const,
    ours: () => parkedBytes(parkOurs),
    peer: () => parkedBytes(parkPeers),
  },
];

const PARKED = 10_000;

/** Heap that grows by for each of many executions that wait; everything is stopped afterwards. */
async function parkedBytes(park: (count: number) => Promise<() => void>): Promise<number> {
  await settled();
  const before = process.memoryUsage().heapUsed;
  const stop = await park(PARKED);
  await settled();
  const bytes = (process.memoryUsage().heapUsed - before) / PARKED;
  stop();
  await settled();
  return bytes;
}

async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    (globalThis as { gc?: () => void }).gc?.();
  }
}

async function parkOurs(count: number): Promise<() => void> {
  const engine = createEngine();
  const program = engine.load(WAIT);
  for (let index = 0; index < count; index++) await engine.runUntilBlocked(engine.start(program, { index }));
  return () => engine.close();
}

async function parkPeers(count: number): Promise<() => void> {
  const machine = new StateMachine(WAIT as never, { validationOptions: { noValidate: true } } as never);
  const running = Array.from({ length: count }, (_, index) => machine.run({ index } as never));
  await new Promise((resolve) => setImmediate(resolve));
  return () => {
    for (const { abort, result } of running) {
      result.catch(() => {});
      abort();
    }
  };
}
