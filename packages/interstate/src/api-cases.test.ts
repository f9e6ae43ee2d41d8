import { readdirSync, readFileSync } from 'node:fs';
import type { KmsKeyState } from '@interstate/service-kit';
import { INPUT_SHAPES, STATES_ERRORS, type StatesLimits } from '@interstate/states';
import { describe, expect, it } from 'vitest';
import { checkCall, documentedErrors, operationOf, type CallStep } from '../test/api-steps.ts';
import { createCloud } from './index.ts';

/** A call, time that passes, or a KMS key that changes. */
type Step =
  | CallStep
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
      await checkCall(cloud.sfn, step, index, kept);
    }
  } finally {
    cloud.close();
  }
}

describe.each(suites)('%s', (_file, cases) => {
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_description, one) => run(one));
});

describe('the cases', () => {
  const steps = suites.flatMap(([, cases]) => cases.flatMap(({ steps: all }) => all)).filter((step) => 'call' in step);

  it('call every operation', () => {
    const called = new Set(steps.map(({ call }) => operationOf(call)));
    expect(Object.keys(INPUT_SHAPES).filter((name) => !called.has(name))).toEqual([]);
    expect(Object.keys(documentedErrors('@aws-sdk/client-sfn', 'SFNServiceException')).sort()).toEqual(Object.keys(INPUT_SHAPES).sort());
  });

  it('meet every error that the SDK documents for an operation', () => {
    const met = new Set(steps.flatMap(({ call, error }) => (error ? `${operationOf(call)} ${error.name}` : [])));
    const documented = Object.entries(documentedErrors('@aws-sdk/client-sfn', 'SFNServiceException')).flatMap(([operation, errors]) => errors.map((error) => `${operation} ${error}`));
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
