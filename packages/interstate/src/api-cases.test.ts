import { readdirSync, readFileSync } from 'node:fs';
import type { KmsKeyState } from '@interstate/service-kit';
import { INPUT_SHAPES, STATES_ERRORS, type StatesLimits } from '@interstate/states';
import { describe, expect, it } from 'vitest';
import { createCloud, type Cloud } from './index.ts';

/** A call with what must come of it (outputs in part), time that passes, or a KMS key that changes. `{{name}}` stands for what an earlier step kept. */
type Step =
  | { readonly call: keyof Cloud['sfn']; readonly input: object; readonly output?: object; readonly error?: { readonly name: string; readonly message?: string }; readonly keep?: Readonly<Record<string, string>> }
  | { readonly advanceSeconds: number }
  | { readonly key: string; readonly state: KmsKeyState };

interface Case {
  readonly description: string;
  readonly limits?: Partial<StatesLimits>;
  readonly steps: readonly Step[];
}

const folder = new URL('../../states/cases/', import.meta.url);
const files = readdirSync(folder).filter((file) => !/^(?:map-run|test-state)\.json$/.test(file));
const suites = files.map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[]] as const);

function fill(value: unknown, kept: ReadonlyMap<string, unknown>, member = ''): unknown {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name)));
  if (Array.isArray(value)) return value.map((item) => fill(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value) {
    const [before, text, times, after] = value.$repeat as [string, string, number, string];
    return before + text.repeat(times) + after;
  }
  // Definitions are written as objects and given as text.
  if (member === 'definition') return JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept, key)]));
}

async function run({ limits, steps }: Case): Promise<void> {
  // Keys are named after the state they are in at first.
  const keys = new Map<string, KmsKeyState>();
  const kmsKeyState = (key: string): KmsKeyState => keys.get(key) ?? (key as KmsKeyState);
  const cloud = createCloud({ clock: 'virtual', seed: 1, kmsKeyState, ...(limits && { apiLimits: limits }) });
  const kept = new Map<string, unknown>();
  try {
    for (const [index, step] of steps.entries()) {
      if ('advanceSeconds' in step) {
        await cloud.advance(step.advanceSeconds * 1000);
        continue;
      }
      if ('key' in step) {
        keys.set(step.key, step.state);
        continue;
      }
      const call = cloud.sfn[step.call] as (input: unknown) => Promise<object>;
      const answer = await call(fill(step.input, kept)).catch((error: unknown) => error);
      const where = `step ${index + 1}, ${step.call}`;
      if (step.error) expect(answer, where).toMatchObject(fill(step.error, kept) as object);
      else expect(answer, where).not.toBeInstanceOf(Error);
      if (step.output) expect(answer, where).toMatchObject(fill(step.output, kept) as object);
      for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer));
    }
  } finally {
    cloud.close();
  }
}

describe.each(suites)('%s', (_file, cases) => {
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => run(one));
});

function operationOf(call: string): string {
  return call[0]!.toUpperCase() + call.slice(1);
}

/** Errors by operation, as the types of the installed SDK document them. */
function documentedErrors(): Record<string, readonly string[]> {
  const folder = new URL('../dist-types/commands/', import.meta.resolve('@aws-sdk/client-sfn'));
  const files = readdirSync(folder).flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);
  const errorsOf = (operation: string): string[] =>
    [...readFileSync(new URL(`${operation}Command.d.ts`, folder), 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].flatMap(([, error]) => (error === 'SFNServiceException' ? [] : error!));
  return Object.fromEntries(files.map((operation) => [operation, errorsOf(operation)]));
}

describe('the cases', () => {
  const steps = suites.flatMap(([, cases]) => cases.flatMap(({ steps: all }) => all)).filter((step) => 'call' in step);

  it('call every operation', () => {
    const called = new Set(steps.map(({ call }) => operationOf(call)));
    expect(Object.keys(INPUT_SHAPES).filter((name) => !called.has(name))).toEqual([]);
    expect(Object.keys(documentedErrors()).sort()).toEqual(Object.keys(INPUT_SHAPES).sort());
  });

  it('meet every error that the SDK documents for an operation', () => {
    const met = new Set(steps.flatMap(({ call, error }) => (error ? `${operationOf(call)} ${error.name}` : [])));
    const documented = Object.entries(documentedErrors()).flatMap(([operation, errors]) => errors.map((error) => `${operation} ${error}`));
    expect(documented.length).toBeGreaterThan(170);
    expect(documented.filter((pair) => !met.has(pair))).toEqual([
      // A name that is no alias's fails its pattern first.
      'CreateStateMachineAlias InvalidName',
      // Two requests at once: the directory takes one after the other.
      'CreateStateMachine ConflictException',
      // There is no third type.
      'CreateStateMachine StateMachineTypeNotSupported',
      'DeleteStateMachineAlias ConflictException',
      'UpdateStateMachineAlias ConflictException',
      'UpdateStateMachine ConflictException',
    ]);
  });

  it('meet every documented error', () => {
    const met = new Set(steps.flatMap(({ error }) => error?.name ?? []));
    // Not the service's own: what a client asks that has operations the service has not.
    expect(Object.keys(STATES_ERRORS).filter((name) => !met.has(name))).toEqual(['UnknownOperationException']);
  });
});
