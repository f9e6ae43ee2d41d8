import { isJsonObject, type Caller, type Json, type JsonObject } from '@interstate/kernel';
import { nodeCrypto } from '@interstate/runtime';
import type { KmsKeyState, KmsOptions } from '@interstate/service-kit';
import type { SqsLimits } from '../src/limits.ts';
import { Service } from './service.ts';

/** Behaviour as data: what is asked, in order, and what must come of it. `{{name}}` stands for a value kept before, `<any>` for any. */
export interface Case {
  readonly name: string;
  readonly limits?: Partial<SqsLimits>;
  readonly keys?: KmsOptions['keys'];
  readonly enforcePolicies?: boolean;
  readonly steps: readonly Step[];
}

interface Step {
  /** An operation, asked with `in`, in the name of `by`; or `start`ed under a name, and answered later. */
  readonly do?: string;
  readonly in?: JsonObject;
  readonly by?: Caller;
  readonly start?: string;
  /** What it must give: objects may hold more, lists may not. `gone`: members that must not be there. */
  readonly out?: Json;
  readonly gone?: readonly string[];
  readonly error?: { readonly code: string; readonly message?: string };
  /** Values kept by name, by their path. */
  readonly keep?: Readonly<Record<string, string>>;
  /** The started call whose answer is looked at. `waits`: it must not have one. */
  readonly answer?: string;
  readonly waits?: string;
  /** Seconds that pass. */
  readonly advance?: number;
  readonly key?: { readonly id: string; readonly state: KmsKeyState };
  readonly repeat?: number;
}

/** Runs a case; what it asked of the service, and what went wrong first. */
export function runCase({ steps, limits, keys, enforcePolicies = false }: Case, scripts = false): { readonly service: Service; readonly problem: string | undefined; readonly errors: readonly string[] } {
  const service = new Service({ crypto: nodeCrypto, scripts, enforcePolicies, ...(limits && { limits }), ...(keys && { keys: { keys } }) });
  const kept = new Map<string, Json>();
  const started = new Map<string, string>();
  const errors: string[] = [];
  for (const [index, step] of steps.entries()) {
    for (let time = 0; time < (step.repeat ?? 1); time++) {
      const problem = runStep(service, step, kept, started, errors, time);
      if (problem !== undefined) return { service, problem: `step ${index + 1}: ${problem}`, errors };
    }
  }
  return { service, problem: undefined, errors };
}

function runStep(service: Service, step: Step, kept: Map<string, Json>, started: Map<string, string>, errors: string[], time: number): string | undefined {
  if (step.key) service.kms.setKeyState(step.key.id, step.key.state);
  if (step.advance !== undefined) service.advance(step.advance * 1000);
  if (step.waits !== undefined) return service.answers.has(started.get(step.waits)!) ? `'${step.waits}' is answered: ${JSON.stringify(service.answers.get(started.get(step.waits)!))}` : undefined;
  if (step.do === undefined && step.answer === undefined) return undefined;
  kept.set('time', String(time));
  const callId = step.do === undefined ? started.get(step.answer!)! : service.start(step.do, filled(step.in ?? {}, kept) as JsonObject, step.by);
  if (step.start !== undefined) return void started.set(step.start, callId);
  const outcome = service.answers.get(callId);
  if (outcome === undefined) return 'not answered';
  if (!outcome.ok) errors.push(outcome.error.Error ?? '');
  if (step.error) {
    if (outcome.ok) return `succeeded with ${JSON.stringify(outcome.value)}`;
    const { code, message } = step.error;
    if (outcome.error.Error !== code) return `failed with ${outcome.error.Error}: ${outcome.error.Cause}`;
    return message === undefined || outcome.error.Cause === (filled(message, kept) as string) ? undefined : `says: ${outcome.error.Cause}`;
  }
  if (!outcome.ok) return `failed with ${outcome.error.Error}: ${outcome.error.Cause}`;
  const { value } = outcome;
  for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, at(value, path) ?? null);
  for (const name of step.gone ?? []) if (at(value, name) !== undefined) return `has ${name}: ${JSON.stringify(at(value, name))}`;
  return step.out === undefined ? undefined : difference(filled(step.out, kept), value, 'output');
}

function at(value: Json | undefined, path: string): Json | undefined {
  return path.split('/').reduce<Json | undefined>((part, name) => (Array.isArray(part) ? (part as readonly Json[])[Number(name)] : isJsonObject(part) ? part[name] : undefined), value);
}

function filled(value: Json, kept: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string') {
    const long = /^x\*(\d+)$/.exec(value);
    return long ? 'x'.repeat(Number(long[1])) : value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name)));
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => filled(item, kept));
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, kept)])) : value;
}

function difference(expected: Json, actual: Json | undefined, path: string): string | undefined {
  if (expected === '<any>') return actual === undefined ? `${path} is missing` : undefined;
  if (Array.isArray(expected)) {
    const list = Array.isArray(actual) ? (actual as readonly Json[]) : undefined;
    if (list?.length !== expected.length) return `${path} is ${JSON.stringify(actual)}`;
    return first(expected as readonly Json[], (item, index) => difference(item, list![index], `${path}/${index}`));
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return `${path} is ${JSON.stringify(actual)}`;
    return first(Object.entries(expected), ([key, member]) => difference(member, actual[key], `${path}/${key}`));
  }
  return expected === actual ? undefined : `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
}

function first<T>(items: readonly T[], check: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
