import { createRandom, nextUint32, type Adapter, type ConnectorCall, type Json, type TaskRequest } from '@interstate/kernel';
import { createCloud, createEngine, type Cloud, type Execution } from '../src/index.ts';

const DEFINITION = {
  StartAt: 'Take',
  States: {
    Take: { Type: 'Pass', Parameters: { 'order.$': '$.n' }, Next: 'Check' },
    Check: { Type: 'Choice', Choices: [{ Variable: '$.order', NumericLessThan: 0, Next: 'Refuse' }], Default: 'Done' },
    Refuse: { Type: 'Fail', Error: 'Negative' },
    Done: { Type: 'Succeed' },
  },
} as const;

const definition = JSON.stringify(DEFINITION);
const roleArn = 'arn:aws:iam::123456789012:role/r';
/** Executions of one sample, and how many are under way at once. */
const SAMPLE = 100_000;
const AT_ONCE = 100;

async function throughApi(): Promise<void> {
  const cloud = createCloud();
  const { sfn } = cloud;
  const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', definition, roleArn });
  for (let n = 0; n < SAMPLE; n += AT_ONCE) {
    const started = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => sfn.startExecution({ stateMachineArn, input: JSON.stringify({ n: n + index }) })));
    const described = await Promise.all(started.map(({ executionArn }) => sfn.describeExecution({ executionArn })));
    for (const { status } of described) if (status !== 'SUCCEEDED') throw new Error(`An execution is ${status}.`);
  }
  cloud.close();
}

async function onEngine(): Promise<void> {
  const engine = createEngine();
  const program = engine.load(DEFINITION);
  for (let n = 0; n < SAMPLE; n += AT_ONCE) {
    const started = Array.from({ length: AT_ONCE }, (_, index) => engine.start(program, { n: n + index }));
    const results = await Promise.all(started.map((execution) => execution.result()));
    for (const { status } of results) if (status !== 'SUCCEEDED') throw new Error(`An execution is ${status}.`);
  }
  engine.close();
}

/** A cloud with so many ended executions, and how to read a page of them many times. */
function listing(executions: number): () => Promise<void> {
  let ready: Promise<{ readonly sfn: Cloud['sfn']; readonly stateMachineArn: string }> | undefined;
  const prepare = async (): Promise<{ readonly sfn: Cloud['sfn']; readonly stateMachineArn: string }> => {
    const { sfn } = createCloud();
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', definition, roleArn });
    for (let n = 0; n < executions; n += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, executions - n) }, () => sfn.startExecution({ stateMachineArn, input: '{"n":1}' })));
    }
    return { sfn, stateMachineArn };
  };
  return async () => {
    const { sfn, stateMachineArn } = await (ready ??= prepare());
    for (let page = 0; page < PAGES; page++) {
      const { executions: listed } = await sfn.listExecutions({ stateMachineArn, maxResults: 20, ...(page % 2 === 1 && { statusFilter: 'SUCCEEDED' }) });
      if (listed.length !== 20) throw new Error(`A page holds ${listed.length} executions.`);
    }
  };
}

const PAGES = 500;

/** Megabytes in use once executions have been run and forgotten after their retention, so many at a time. */
function retained(times: number): () => Promise<number> {
  return async () => {
    const cloud = createCloud({ clock: 'virtual' });
    const { stateMachineArn } = await cloud.sfn.createStateMachine({ name: 'm', definition, roleArn });
    for (let time = 0; time < times; time++) {
      for (let n = 0; n < 10_000; n += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, () => cloud.sfn.startExecution({ stateMachineArn, input: '{"n":1}' })));
      await cloud.advance(91 * 86_400_000);
    }
    const { executions } = await cloud.sfn.listExecutions({ stateMachineArn });
    if (executions.length > 0) throw new Error('An execution outlives its retention.');
    (globalThis as { gc?: () => void }).gc?.();
    const used = process.memoryUsage().heapUsed / 2 ** 20;
    cloud.close();
    return used;
  };
}

const PENDING = 10_000;
const ASK = {
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'n.$': '$.n' } }, End: true } },
} as const;

/** A queue that keeps what it is sent: token by number. */
function tokenQueue(): { readonly tokens: string[]; readonly adapters: readonly Adapter[] } {
  const tokens: string[] = [];
  const connector = ({ request }: ConnectorCall): { ok: true; value: Json } => {
    const { token, n } = ((request as unknown as TaskRequest).arguments as { MessageBody: { token: string; n: number } }).MessageBody;
    tokens[n] = token;
    return { ok: true, value: {} };
  };
  return { tokens, adapters: [{ service: 'queue', tasks: [{ resource: 'sqs:sendMessage', connector }] }] };
}

function randomOrder(): number[] {
  const random = createRandom([1, 2, 3, 4]);
  return Array.from({ length: PENDING }, (_, n) => ({ n, place: nextUint32(random) }))
    .sort((a, b) => a.place - b.place)
    .map(({ n }) => n);
}

const numbers = Array.from({ length: PENDING }, (_, n) => n);

async function callbacksThroughApi(): Promise<void> {
  const { tokens, adapters } = tokenQueue();
  const cloud = createCloud({ adapters, clock: 'virtual' });
  const { sfn } = cloud;
  const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', definition: JSON.stringify(ASK), roleArn });
  const started = await Promise.all(numbers.map((n) => sfn.startExecution({ stateMachineArn, input: JSON.stringify({ n }) })));
  await cloud.advance(0);
  await Promise.all(randomOrder().map((n) => sfn.sendTaskSuccess({ taskToken: tokens[n], output: String(n) })));
  await cloud.advance(0);
  const described = await Promise.all(started.map(({ executionArn }) => sfn.describeExecution({ executionArn })));
  for (const [n, { status, output }] of described.entries()) if (status !== 'SUCCEEDED' || output !== String(n)) throw new Error(`Execution ${n} is ${status} with ${output}.`);
  cloud.close();
}

async function callbacksOnEngine(): Promise<void> {
  const { tokens, adapters } = tokenQueue();
  const engine = createEngine({ adapters, clock: 'virtual' });
  const program = engine.load(ASK);
  const started: Execution[] = numbers.map((n) => engine.start(program, { n }));
  await engine.advance(0);
  for (const n of randomOrder()) if (!engine.sendTaskSuccess(started[n]!, { taskToken: tokens[n]!, output: n })) throw new Error(`Nobody waits for token ${n}.`);
  await engine.advance(0);
  for (const [n, execution] of started.entries()) if ((await execution.result()).output !== n) throw new Error(`Execution ${n} has another output.`);
  engine.close();
}

export const benches = [
  {
    id: 'api-execution',
    work: 'executions of 3 states started, run and described through the API, against the bare engine',
    unit: 'executions/s',
    // A floor of one half: through the API an execution costs at most twice what it costs the engine.
    floor: 0.5,
    count: SAMPLE,
    ours: throughApi,
    peer: onEngine,
  },
  {
    id: 'api-list',
    work: 'pages of 20 of 100,000 executions, filtered or not, against pages of 100 executions',
    unit: 'pages/s',
    floor: 0.5,
    count: PAGES,
    ours: listing(100_000),
    peer: listing(100),
  },
  {
    id: 'api-retention',
    work: 'memory after 100,000 executions were run and forgotten after their retention, against 10,000',
    unit: 'MB',
    floor: 0.8,
    count: 1,
    better: 'lower' as const,
    measure: 'custom' as const,
    ours: retained(10),
    peer: retained(1),
  },
  {
    id: 'api-callbacks',
    work: '10,000 pending callbacks answered in random order through the API, started and described besides, against the bare engine',
    unit: 'callbacks/s',
    count: PENDING,
    ours: callbacksThroughApi,
    peer: callbacksOnEngine,
  },
];
