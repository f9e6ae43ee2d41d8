import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A call with what must come of it (outputs in part). `{{name}}` stands for what an earlier step kept. */
export interface CallStep {
  readonly call: string;
  readonly input: object;
  readonly output?: object;
  readonly error?: { readonly name: string; readonly message?: string };
  readonly keep?: Readonly<Record<string, string>>;
}

/** Makes a call of a client and holds the answer against the step. */
export async function checkCall(client: object, step: CallStep, index: number, kept: Map<string, unknown>): Promise<void> {
  const operations = client as Readonly<Record<string, (input: unknown) => Promise<object>>>;
  const answer = await operations[step.call]!(fill(step.input, kept)).catch((error: unknown) => error);
  const where = `step ${index + 1}, ${step.call}`;
  if (step.error) expect(answer, where).toMatchObject(fill(step.error, kept) as object);
  else expect(answer, where).not.toBeInstanceOf(Error);
  if (step.output) expect(answer, where).toMatchObject(fill(step.output, kept) as object);
  for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer));
}

/** Values of a case as they are meant: kept ones put in, `$repeat` written out, `$date` as a date. */
function fill(value: unknown, kept: ReadonlyMap<string, unknown>, member = ''): unknown {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(kept.get(name)));
  if (Array.isArray(value)) return value.map((item) => fill(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  if ('$repeat' in value) {
    const [before, text, times, after] = value.$repeat as [string, string, number, string];
    return before + text.repeat(times) + after;
  }
  if ('$date' in value) return new Date(value.$date as string);
  // Definitions are written as objects and given as text.
  if (member === 'definition') return JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept, key)]));
}

export function operationOf(call: string): string {
  return call[0]!.toUpperCase() + call.slice(1);
}

/** Errors by operation, as the types of an installed SDK client document them. @param base the exception that stands for any */
export function documentedErrors(client: string, base: string): Record<string, readonly string[]> {
  const folder = new URL('../dist-types/commands/', import.meta.resolve(client));
  const files = readdirSync(folder).flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);
  const errorsOf = (operation: string): string[] =>
    [...readFileSync(new URL(`${operation}Command.d.ts`, folder), 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].flatMap(([, error]) => (error === base ? [] : error!));
  return Object.fromEntries(files.map((operation) => [operation, errorsOf(operation)]));
}
