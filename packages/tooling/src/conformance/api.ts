import type { Adapter, Json } from '@interstate/kernel';
import { createCloud, type Cloud } from 'interstate';
import type { Bindings } from '@interstate/testing/internal';
import { ApiNames } from './api-names.ts';
import { compareAnswer, withoutLaterMembers } from './api-answer.ts';
import { readRecordings } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

/** One recorded API call. */
export interface RecordedCall {
  /** Absent for Step Functions itself. */
  readonly service?: string;
  readonly op: string;
  readonly params: { readonly [member: string]: Json };
  readonly response?: Json;
}

export interface ApiCase {
  readonly id: string;
  readonly kind: 'api-other';
  readonly recorded: string;
  readonly calls: readonly RecordedCall[];
}

/** Calls of the API, in their order, with what each of them answered. */
export const api: Suite = {
  id: 'api',
  async run(folder, options) {
    const cases = readRecordings(folder)?.filter((one): one is ApiCase => one.kind === 'api-other') ?? [];
    if (cases.length === 0) return undefined;
    return runChecks('api', cases.map((one) => ({ id: one.id, rule: ruleOf(one), check: () => checkCase(one) })), options);
  },
};

function ruleOf({ id }: ApiCase): string {
  return id.split('::')[0]!.replace(/\.py$/, '');
}

/** A recording leaves open what some of its made-up names and texts stood for; it is met where one reading of them meets it. */
const MOST_READINGS = 32;

async function checkCase(one: ApiCase): Promise<string | undefined> {
  let first: string | undefined;
  let readings = 1;
  for (let reading = 0; reading < Math.min(readings, MOST_READINGS); reading++) {
    const names = new ApiNames(reading);
    const difference = await runCalls(one, names);
    if (difference === undefined) return undefined;
    first ??= difference;
    // A run that differs early has not met every choice.
    readings = Math.max(readings, names.readings);
  }
  return first;
}

/** How Tasks ended is not recorded here, so they do not end. */
const UNRECORDED: Adapter = {
  service: 'unrecorded',
  tasks: [
    {
      resource: '*',
      connector(call) {
        call.release();
        return new Promise((resolve) => call.signal.addEventListener('abort', () => resolve({ ok: false, error: {} })));
      },
    },
  ],
};

async function runCalls({ calls, recorded }: ApiCase, names: ApiNames): Promise<string | undefined> {
  const cloud = createCloud({ account: '111111111111', clock: 'virtual', startTime: recorded, seed: 1, adapters: [UNRECORDED], warn: () => {} });
  try {
    let bindings: Bindings = new Map();
    for (const [index, call] of calls.entries()) {
      const actual = await answerTo(cloud, call, names);
      names.learn(call, actual);
      if (call.response === undefined) continue;
      const compared = compareAnswer(names.inRecording(call.response), withoutLaterMembers(actual, recorded), bindings);
      if (compared.difference !== undefined) return `call ${index + 1}, ${call.op}: ${compared.difference}`;
      bindings = compared.bindings;
    }
    return undefined;
  } finally {
    cloud.close();
  }
}

/** What the API answers, as JSON: an output, or `{ error: { code, message } }`. */
async function answerTo(cloud: Cloud, call: RecordedCall, names: ApiNames): Promise<Json> {
  if (call.service !== undefined) return { error: { code: 'NotModelled', message: `${call.service} ${call.op}` } };
  const method = `${call.op[0]!.toLowerCase()}${call.op.slice(1)}` as keyof Cloud['sfn'];
  try {
    const { $metadata: _metadata, ...output } = (await (cloud.sfn[method] as (input: unknown) => Promise<object & { $metadata?: unknown }>)(names.paramsOf(call))) as { $metadata?: unknown };
    return JSON.parse(JSON.stringify(output)) as Json;
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { code: name, message } };
  }
}
