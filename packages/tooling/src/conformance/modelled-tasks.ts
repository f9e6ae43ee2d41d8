import { isJsonObject, type Json } from '@interstate/kernel';
import { compareCause, compareValue } from '@interstate/testing/internal';
import { createCloud, type Cloud } from 'interstate';
import { readExecutions } from './executions.ts';
import type { RecordedExecution, RecordedTaskOutcome } from './recorded/case.ts';
import { definitionOf, RECORDED_NOW, withMadeUpValues } from './recorded/run-recorded.ts';
import { runChecks, type Suite } from './suite.ts';

/** A service that can stand behind recorded Tasks. */
interface ModelledService {
  /** Task resources it answers. */
  readonly resource: RegExp;
  /** Makes what the recording found there; gives the recording with its names. */
  readonly prepare: (cloud: Cloud, recorded: RecordedExecution) => Promise<RecordedExecution>;
}

const ACCOUNT = '111111111111';

const SERVICES: readonly ModelledService[] = [
  {
    resource: /^arn:aws:states:::(?:sns:publish|aws-sdk:sns:\w+)$/,
    async prepare(cloud, recorded) {
      const text = JSON.stringify(recorded);
      // What kind of topic it was shows in what is asked of messages, and in its refusals.
      const fifo = /"MessageGroupId(?:\.\$)?"|FIFO topics/.test(text);
      const named = JSON.parse(text.replaceAll(/(arn:aws:sns:us-east-1:\d{12}:)([\w-]+)/g, fifo ? '$1$2.fifo' : '$1$2')) as RecordedExecution;
      for (const [, Name = ''] of JSON.stringify(named.input).matchAll(/arn:aws:sns:us-east-1:\d{12}:([\w.-]+)/g)) await cloud.sns.createTopic({ Name, ...(fifo && { Attributes: { FifoTopic: 'true' } }) });
      return named;
    },
  },
  {
    resource: /^arn:aws:states:::(?:sqs:sendMessage(?:\.waitForTaskToken)?|aws-sdk:sqs:\w+)$/,
    async prepare(cloud, recorded) {
      const { QueueUrl = '' } = await cloud.sqs.createQueue({ QueueName: 'queue' });
      // A host that nobody knows is named in the recorded cause.
      const unknown = /HTTP request: ([\w-]+): Name/.exec(JSON.stringify(recorded.outcome))?.[1] ?? 'unknown-host';
      const named = JSON.parse(JSON.stringify(recorded).replaceAll('"no_such_sqs_queue_url"', JSON.stringify(unknown)).replaceAll('"sqs_queue_url"', JSON.stringify(QueueUrl))) as RecordedExecution;
      for (const outcome of named.taskOutcomes) void answerToken(cloud, QueueUrl, outcome);
      return named;
    },
  },
];

/** The application at the other end of the queue: ends the Task whose token comes next as it was recorded. */
async function answerToken(cloud: Cloud, QueueUrl: string, { submitted, result, error, cause, causeText, timeout }: RecordedTaskOutcome): Promise<void> {
  if (submitted === undefined || timeout === true) return;
  const { Messages: [message] = [] } = await cloud.sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
  if (message === undefined) return;
  await cloud.sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle });
  const taskToken = tokenIn(JSON.parse(message.Body ?? '') as Json);
  if (taskToken === undefined) return;
  if (result !== undefined) await cloud.sfn.sendTaskSuccess({ taskToken, output: JSON.stringify(result) });
  else if (error !== undefined || cause !== undefined) await cloud.sfn.sendTaskFailure({ taskToken, ...(typeof error === 'string' && { error }), ...(cause !== undefined && { cause: causeText ?? (typeof cause === 'string' ? cause : JSON.stringify(cause)) }) });
}

function tokenIn(body: Json): string | undefined {
  const token = isJsonObject(body) ? (body['TaskToken'] ?? body['taskToken'] ?? body['token']) : undefined;
  return typeof token === 'string' ? token : undefined;
}

/** Recorded executions whose Tasks all reach one modelled service: the model answers them, and the end must be the recorded one. */
export const modelledTasks: Suite = {
  id: 'modelled-tasks',
  async run(folder, options) {
    const rows = (readExecutions(folder) ?? []).flatMap((recorded) => {
      const service = serviceOf(recorded);
      return service ? [{ id: recorded.id, rule: 'outcome', check: () => check(service, recorded) }] : [];
    });
    return rows.length === 0 ? undefined : runChecks('modelled-tasks', rows, options);
  },
};

function serviceOf(recorded: RecordedExecution): ModelledService | undefined {
  if (recorded.outcome === null || typeof recorded.definition !== 'object') return undefined;
  const resources = [...JSON.stringify(recorded.definition).matchAll(/"Resource":"([^"]*)"/g)].map(([, resource = '']) => resource);
  return resources.length === 0 ? undefined : SERVICES.find(({ resource }) => resources.every((each) => resource.test(each)));
}

async function check(service: ModelledService, original: RecordedExecution): Promise<string | undefined> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, startTime: RECORDED_NOW, account: ACCOUNT, warn: () => {} });
  try {
    const recorded = await service.prepare(cloud, withMadeUpValues(original));
    const { status, output, error, cause } = await cloud.run(definitionOf(recorded), recorded.input);
    const outcome = recorded.outcome!;
    let bindings: Parameters<typeof compareValue>[2] = new Map();
    for (const compared of [
      () => compareValue(outcome.status, status, bindings, 'status'),
      () => compareValue(outcome.error ?? undefined, error, bindings, 'error'),
      () => compareCause(outcome.cause ?? undefined, cause, bindings, 'cause'),
      () => compareValue(withoutHeaders(outcome.output), withoutHeaders(output as Json | undefined), bindings, 'output'),
    ]) {
      const { difference, bindings: known } = compared() as { readonly difference?: string; readonly bindings: typeof bindings };
      if (difference !== undefined) return difference;
      bindings = known;
    }
    return undefined;
  } finally {
    cloud.close();
  }
}

/** Ids and times of requests are those of AWS's front end; what else it says of the answer is not left out. */
function withoutHeaders(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => withoutHeaders(item)!);
  if (!isJsonObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) if (!MADE_BY_REQUEST.has(name)) kept[name] = withoutHeaders(member)!;
  return kept;
}

const MADE_BY_REQUEST: ReadonlySet<string> = new Set(['SdkResponseMetadata', 'x-amzn-RequestId', 'Date']);
