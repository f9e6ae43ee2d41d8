/** What the help of a command says below its options. */
interface Help {
  readonly examples: string;
  readonly more?: string;
  /** What exit codes 0 and 1 say. A command without the second never exits with 1. */
  readonly succeeded: string;
  readonly failed?: string;
}

const REFUSED = 'wrong usage, a file that cannot be read, or an invalid definition';

function helpText({ examples, more, succeeded, failed }: Help): string {
  const codes = [`  0  ${succeeded}`, ...(failed === undefined ? [] : [`  1  ${failed}`]), `  2  ${REFUSED}`];
  return ['', 'Examples:', examples.trim().replace(/^ */gm, '  $ '), ...(more === undefined ? [] : [more.trimEnd()]), '', 'Exit codes:', ...codes].join('\n');
}

export const PROGRAM_HELP = `
interstate <command> --help says more of each.

Exit codes:
  0  it went well: the execution succeeded, the tests passed, nothing was found
  1  it did not: the execution failed or can never end, a test failed, a replay went another way, coverage is below a threshold, chaos found something
  2  ${REFUSED}`;

/** By command. */
export const HELP = {
  run: helpText({
    examples: `
      interstate run order.asl.json --input '{"orderId":42}'
      interstate run order.asl.yaml --input @input.json --functions functions.mjs
      cat input.json | interstate run order.asl.json --input - --json
      interstate run template.yaml --state-machine OrderMachine --substitution TableName=orders
      interstate run order.asl.json --virtual-time --seed 1 --start-time 2026-01-01T00:00:00Z
      interstate run order.asl.json --query '$.items[?(@.price > 10)].sku'
      interstate run order.asl.json --history --query '$[?(@.type.match(/Failed$/))].details.error'`,
    more: `
Functions:
  The module given with --functions exports a function for each Task that calls Lambda, (event, context) as on Lambda, under the
  function's name, its ARN, or the template's logical id; also as members of a default-exported object. A function exported under
  another resource, such as 'arn:aws:states:::sqs:sendMessage', gets the Task's parameters and returns its result.

Streams:
  stdout has the output alone (or the report, with --json); progress, timeline and what functions log go to stderr.`,
    succeeded: 'the execution succeeded',
    failed: 'the execution failed, timed out, was stopped, or can never end',
  }),
  validate: helpText({
    examples: `
      interstate validate order.asl.json
      interstate validate template.yaml statemachines/*.asl.yaml --severity error
      interstate validate cdk.out/Shop.template.json --state-machine OrderMachine --json`,
    succeeded: 'every definition is valid; there may be warnings',
  }),
  test: helpText({
    examples: `
      interstate test
      interstate test statemachines --junit reports/states.xml
      interstate test order.asl.test.yaml --watch
      interstate test --coverage-reporter text,html,lcov --coverage-threshold states=90,transitions=80`,
    more: `
A test file:
  resources:
    - sqs:createQueue: { QueueName: orders }
  tests:
    a busy card service is asked again:
      input: { orderId: 42 }
      mocks:
        ChargeCard: [{ fail: Card.Busy }, { return: { receipt: r1 } }]
      expect:
        output: { receipt: r1 }
        retried: { ChargeCard: 1 }`,
    succeeded: 'every test passed',
    failed: 'a test failed, or coverage is below a threshold',
  }),
  coverage: helpText({
    examples: `
      rm -rf coverage/states && vitest run && interstate coverage
      interstate coverage --definition statemachines/*.asl.json --coverage-reporter text,html --coverage-threshold states=90`,
    more: `
In a setup file of vitest:
  import { collectCoverageIn } from '@interstate/testing/vitest';
  collectCoverageIn('coverage/states');`,
    succeeded: 'coverage is reported, and below no threshold',
    failed: 'coverage is below a threshold',
  }),
  chaos: helpText({
    examples: `
      interstate chaos order.asl.json --input '{"orderId":42}' --functions functions.mjs
      interstate chaos app.chaos.ts --seeds 500`,
    more: `
A module that builds an application:
  export default async function (cloud) {
    const { QueueUrl } = await cloud.sqs.createQueue({ QueueName: 'payments' });
    return { stimulus: () => cloud.sqs.sendMessage({ QueueUrl, MessageBody: '10' }) };
  }`,
    succeeded: 'nothing was found',
    failed: 'something does not hold',
  }),
  replay: helpText({
    examples: `
      aws stepfunctions get-execution-history --execution-arn … > history.json
      interstate replay order.asl.json --history history.json
      interstate replay changed.asl.json --history last-month/*.json --json
      interstate replay order.asl.json --history last-month/*.json --coverage`,
    succeeded: 'every replay went as recorded',
    failed: 'a replay went another way, or coverage is below a threshold',
  }),
  debug: helpText({
    examples: `
      interstate debug order.asl.json --input '{"orderId":42}' --mocks mocks.yaml
      interstate debug order.asl.test.yaml --test 'a busy card service is asked again'
      interstate debug order.asl.json --history history.json
      interstate debug order.asl.json --plain | less`,
    more: `
Mocks are those of a test file:
  ChargeCard: [{ fail: Card.Busy, afterMs: 500 }, { return: { receipt: r1 } }]

Keys:
  ← → or p n go by event, ↑ ↓ by state, g to an event's number, c into a child of a distributed Map, u out again, w shows whole values, ? helps, q ends.
  Without a terminal every step is printed, with what it brought.`,
    succeeded: 'it was shown, however the execution ended',
  }),
  graph: helpText({
    examples: `
      interstate graph order.asl.json > order.svg
      interstate graph order.asl.json --format mermaid >> README.md
      interstate graph order.asl.json --history history.json > execution.svg
      interstate graph order.asl.json --coverage coverage/states > coverage.svg
      interstate graph order.asl.json --theme light | rsvg-convert > order.png`,
    succeeded: 'it is drawn',
  }),
  types: helpText({
    examples: `
      interstate types order.asl.json --out order.types.d.ts
      interstate types template.yaml --state-machine OrderMachine --name Order`,
    succeeded: 'they are written',
  }),
} as const;
