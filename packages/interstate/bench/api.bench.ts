import { createCloud, createEngine, type Cloud } from '../src/index.ts';

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
const SAMPLE = 10_000;
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
];
