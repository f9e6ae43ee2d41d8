import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { compareCause, compareValue } from '@interstate/testing/internal';
import { createCloud, type Cloud } from 'interstate';
import { readExecutions } from './executions.ts';
import type { RecordedExecution } from './recorded/case.ts';
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
];

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

/** Headers and request ids are those of AWS's front end. */
function withoutHeaders(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => withoutHeaders(item)!);
  if (!isJsonObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === 'SdkResponseMetadata') continue;
    kept[name] = name === 'SdkHttpMetadata' ? { HttpStatusCode: (member as JsonObject)['HttpStatusCode']! } : withoutHeaders(member)!;
  }
  return kept;
}
