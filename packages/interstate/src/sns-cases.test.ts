import { readdirSync, readFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-sns';
import type { KmsKeyState } from '@interstate/service-kit';
import { INPUT_SHAPES, SNS_ERRORS, type SmsOptions, type SnsLimits } from '@interstate/sns';
import { describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

/**
 * A call to SNS (or SQS) with what must come of it, in part; time that passes; what people do; or what is to be seen then: the
 * journal, the last entries of it, messages for people, records of a sink. `{{name}}` stands for what an earlier step kept,
 * `$json` for text that holds such JSON, `$match` for text that an expression matches; `path#expression` keeps what its group finds.
 */
type Step =
  | { readonly call: string; readonly input?: object; readonly output?: object; readonly error?: { readonly name: string; readonly message?: string }; readonly keep?: Readonly<Record<string, string>> }
  | { readonly advanceSeconds: number }
  | { readonly optOut: string }
  | { readonly visit: string; readonly output?: object; readonly status?: number }
  | { readonly key: string; readonly state: KmsKeyState }
  | { readonly deliveries: readonly object[] }
  | { readonly people: { readonly type: 'email' | 'sms' | 'push' }; readonly messages: readonly object[]; readonly keep?: Readonly<Record<string, string>> }
  | { readonly sink: string; readonly records: readonly object[] };

interface Case {
  readonly description: string;
  readonly limits?: Partial<SnsLimits>;
  readonly sms?: SmsOptions;
  readonly enforce?: true;
  readonly steps: readonly Step[];
}

const folder = new URL('../../sns/cases/', import.meta.url);
const suites = readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]] as const);

function fill(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name)));
  if (Array.isArray(value)) return value.map((item) => fill(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  if ('$text' in value) return JSON.stringify(fill(value.$text, kept));
  if ('$bytes' in value) return new Uint8Array(value.$bytes as number[]);
  if ('$match' in value) return expect.stringMatching(new RegExp(value.$match as string));
  if ('$any' in value) return expect.anything();
  if ('$json' in value) return jsonLike(fill(value.$json, kept) as object);
  if ('$repeat' in value) {
    const [before, text, times, after] = value.$repeat as [string, string, number, string];
    return before + text.repeat(times) + after;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept)]));
}

function jsonLike(expected: object): object {
  return {
    asymmetricMatch(actual: unknown) {
      try {
        expect(JSON.parse(actual as string)).toMatchObject(expected);
        return true;
      } catch {
        return false;
      }
    },
    toString: () => 'JsonLike',
    toAsymmetricMatcher: () => `JsonLike ${JSON.stringify(expected)}`,
  };
}

type Client = Cloud['sns'];
const CLIENTS: readonly (readonly [string, (cloud: Cloud) => Client])[] = [
  ['cloud.sns', (cloud) => cloud.sns],
  ['an attached SNS of the SDK', (cloud) => cloud.attach(new sdk.SNS({ maxAttempts: 1 })) as unknown as Client],
];

async function run({ limits, sms, enforce, steps }: Case, clientOf: (cloud: Cloud) => Client): Promise<void> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, sns: { ...(limits && { limits }), ...(sms && { sms }) }, ...(enforce && { policies: 'enforce' as const }) });
  const client = clientOf(cloud);
  const kept = new Map<string, unknown>();
  const keep = (answer: unknown, names: Readonly<Record<string, string>> = {}): void => {
    for (const [name, wanted] of Object.entries(names)) {
      const [path = '', expression] = wanted.split('#');
      const value = path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], answer);
      kept.set(name, expression === undefined ? value : new RegExp(expression).exec(value as string)?.[1]);
    }
  };
  try {
    for (const [index, step] of steps.entries()) {
      const where = `step ${index + 1}`;
      if ('call' in step) {
        const [service, name] = step.call.includes('.') ? (step.call.split('.') as ['sqs', string]) : [undefined, step.call];
        const target = (service ? cloud[service] : client) as unknown as Record<string, (input: unknown) => Promise<object>>;
        const answer = await target[name]!(fill(step.input ?? {}, kept)).catch((error: unknown) => error);
        if (step.error) expect(answer, where).toMatchObject(fill(step.error, kept) as object);
        else expect(answer, where).not.toBeInstanceOf(Error);
        if (step.output) expect(answer, where).toMatchObject(fill(step.output, kept) as object);
        keep(answer, step.keep);
        // What is sent at once has arrived before the next step.
        await cloud.advance(0);
      } else if ('advanceSeconds' in step) await cloud.advance(step.advanceSeconds * 1000);
      else if ('optOut' in step) cloud.people.optOut(step.optOut);
      else if ('key' in step) cloud.kms.setKeyState(step.key, step.state);
      else if ('deliveries' in step) expect(cloud.deliveries().slice(-step.deliveries.length || Infinity), where).toMatchObject(fill(step.deliveries, kept) as object[]);
      else if ('sink' in step) expect(cloud.sinks.records(fill(step.sink, kept) as string), where).toMatchObject(fill(step.records, kept) as object[]);
      else if ('people' in step) {
        const messages = cloud.people.messages(step.people);
        expect(messages, where).toMatchObject(fill(step.messages, kept) as object[]);
        keep(messages, step.keep);
      } else {
        const { status, body } = await cloud.people.visit(fill(step.visit, kept) as string);
        expect(status, where).toBe(step.status ?? 200);
        if (step.output) expect({ body }, where).toMatchObject(fill(step.output, kept) as object);
      }
    }
  } finally {
    cloud.close();
  }
}

describe.each(suites)('%s', (_file, cases) => {
  describe.each(CLIENTS)('%s', (_client, clientOf) => {
    it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => run(one, clientOf));
  });
});

describe('the cases', () => {
  const steps = suites.flatMap(([, cases]) => cases.flatMap(({ steps: all }) => all)).flatMap((step) => ('call' in step && !step.call.includes('.') ? step : []));
  const called = new Set(steps.map(({ call }) => call[0]!.toUpperCase() + call.slice(1)));

  it('call every operation that the SDK has', () => {
    const operations = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
    expect(Object.keys(INPUT_SHAPES).sort()).toEqual(operations.sort());
    expect(operations.filter((name) => !called.has(name))).toEqual([]);
  });

  it('meet every error', () => {
    const met = new Set(steps.flatMap(({ error }) => error?.name ?? []));
    // The client has no operation that the service has not.
    expect(Object.keys(SNS_ERRORS).filter((name) => !met.has(name))).toEqual(['UnknownOperationException']);
  });

  it('leave out only errors that cannot happen here', () => {
    const known = Object.keys(sdk).filter((name) => /Exception$|OptInRequired$/.test(name) && name !== 'SNSServiceException');
    expect(known.filter((name) => !Object.hasOwn(SNS_ERRORS, name))).toEqual([
      // Two writers at once, a service that breaks, checks of signatures, tag policies, KMS that must be subscribed to.
      'ConcurrentAccessException', 'InternalErrorException', 'InvalidSecurityException', 'KMSOptInRequired', 'StaleTagException', 'TagPolicyException',
    ]);
  });
});
