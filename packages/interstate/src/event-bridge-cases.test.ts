import { readdirSync, readFileSync } from 'node:fs';
import { EVENTBRIDGE_ERRORS, EVENTBRIDGE_MODEL, type EventBridgeLimits } from '@interstate/eventbridge';
import * as sdk from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

/** A call with what must come of it (outputs in part), or time that passes. `{{name}}` stands for what an earlier step kept, `{ $time }` for a Date. */
type Step =
  | { readonly call: keyof Cloud['eventBridge']; readonly input: object; readonly output?: object; readonly error?: { readonly name: string; readonly message?: string }; readonly keep?: Readonly<Record<string, string>> }
  | { readonly advanceSeconds: number };

interface Case {
  readonly description: string;
  readonly limits?: Partial<EventBridgeLimits>;
  readonly steps: readonly Step[];
}

const folder = new URL('../../eventbridge/cases/bus/', import.meta.url);
const suites = readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]] as const);

function fill(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name)));
  if (Array.isArray(value)) return value.map((item) => fill(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  if ('$time' in value) return new Date(value.$time as number);
  if ('$repeat' in value) {
    const [before, text, times, after] = value.$repeat as [string, string, number, string];
    return before + text.repeat(times) + after;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept)]));
}

type Client = Cloud['eventBridge'];
const CLIENTS: readonly (readonly [string, (cloud: Cloud) => Client])[] = [
  ['cloud.eventBridge', (cloud) => cloud.eventBridge],
  ['an attached EventBridge of the SDK', (cloud) => cloud.attach(new sdk.EventBridge({ maxAttempts: 1 })) as unknown as Client],
];

async function run({ limits, steps }: Case, clientOf: (cloud: Cloud) => Client): Promise<void> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, kmsKeyState: (key) => (key.endsWith('Disabled') ? 'Disabled' : 'Enabled'), ...(limits && { eventBridge: { limits } }) });
  const client = clientOf(cloud);
  const kept = new Map<string, unknown>();
  try {
    for (const [index, step] of steps.entries()) {
      if ('advanceSeconds' in step) {
        await cloud.advance(step.advanceSeconds * 1000);
        continue;
      }
      const answer = await (client[step.call] as (input: unknown) => Promise<object>).call(client, fill(step.input, kept)).catch((error: unknown) => error);
      const where = `step ${index + 1}, ${step.call}`;
      if (step.error) expect(answer, where).toMatchObject(fill(step.error, kept) as object);
      else expect(answer, where).not.toBeInstanceOf(Error);
      if (step.output) expect(answer, where).toMatchObject(fill(step.output, kept) as object);
      for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, (answer as Record<string, unknown>)[path]);
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

function operationOf(call: string): string {
  return call[0]!.toUpperCase() + call.slice(1);
}

/** Errors by operation, as the types of the installed SDK document them. */
function documentedErrors(): Record<string, readonly string[]> {
  const commands = new URL('../dist-types/commands/', import.meta.resolve('@aws-sdk/client-eventbridge'));
  const operations = readdirSync(commands).flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);
  const errorsOf = (operation: string): string[] =>
    [...readFileSync(new URL(`${operation}Command.d.ts`, commands), 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].flatMap(([, error]) => (error === 'EventBridgeServiceException' ? [] : error!));
  return Object.fromEntries(operations.map((operation) => [operation, errorsOf(operation)]));
}

/** What cannot happen here: two writers at once, a service that breaks or is switched off, AWS's rate limits. */
const NEVER = new Set(['ConcurrentModificationException', 'InternalException', 'OperationDisabledException', 'ThrottlingException']);

describe('the cases', () => {
  const steps = suites.flatMap(([, cases]) => cases.flatMap(({ steps: all }) => all)).filter((step) => 'call' in step);

  it('call every operation', () => {
    const called = new Set(steps.map(({ call }) => operationOf(call)));
    expect(Object.keys(EVENTBRIDGE_MODEL.operations).filter((name) => !called.has(name))).toEqual([]);
    expect(Object.keys(documentedErrors()).sort()).toEqual(Object.keys(EVENTBRIDGE_MODEL.operations).sort());
  });

  it('meet every error that the SDK documents for an operation', () => {
    const met = new Set(steps.flatMap(({ call, error }) => (error ? `${operationOf(call)} ${error.name}` : [])));
    const documented = Object.entries(documentedErrors()).flatMap(([operation, errors]) => errors.flatMap((error) => (NEVER.has(error) ? [] : `${operation} ${error}`)));
    expect(documented.filter((pair) => !met.has(pair))).toEqual([
      // Of private networks and keys.
      'CreateConnection AccessDeniedException',
      'CreateConnection ResourceNotFoundException',
      // Documented of operations that have nothing to do with it.
      'DescribeArchive ResourceAlreadyExistsException',
      'ListArchives ResourceNotFoundException',
      // AWS was seen to answer ValidationException.
      'StartReplay InvalidEventPatternException',
      'StartReplay ResourceNotFoundException',
      'UpdateApiDestination LimitExceededException',
      'UpdateConnection AccessDeniedException',
      'UpdateConnection LimitExceededException',
    ]);
  });

  it('meet every other error of the table', () => {
    const met = new Set(steps.flatMap(({ error }) => error?.name ?? []));
    // The client has no operation that the service has not.
    expect(Object.keys(EVENTBRIDGE_ERRORS).filter((name) => !met.has(name) && !NEVER.has(name))).toEqual(['UnknownOperationException']);
  });
});
