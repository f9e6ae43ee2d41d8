import type { Handler } from '@interstate/lambda';
import type { Placeholder } from '@interstate/templates';
import type { TaskResource } from './task-resources.ts';

export interface MatchedFunctions {
  /** What is to be registered: the functions as they were given, and again under the names Tasks call them by. */
  readonly functions: Readonly<Record<string, Handler>>;
  /** Tasks that call a function nobody gave, each function once. */
  readonly missing: readonly TaskResource[];
}

/**
 * Finds the given function for each Task that names one: by ARN, name or `${Placeholder}`, by the logical id in the template,
 * by the id in CDK code (without the hash that `cdk synth` appends), and last by name without regard to case, `-` and `_`.
 */
export function matchFunctions(given: Readonly<Record<string, Handler>>, tasks: readonly TaskResource[], placeholders: readonly Placeholder[]): MatchedFunctions {
  const functions = new Map(Object.entries(given));
  const exact = new Map<string, Handler>();
  const loose = new Map<string, Handler | null>();
  for (const [key, handler] of Object.entries(given)) {
    const name = nameOf(key);
    exact.set(name, handler);
    // Two functions that differ only in case are told apart by their exact name.
    loose.set(loosely(name), loose.has(loosely(name)) ? null : handler);
  }
  const missing = new Map<string, TaskResource>();
  for (const task of tasks) {
    const wanted = task.functionName;
    if (wanted === undefined || functions.has(wanted)) continue;
    const names = [nameOf(wanted), ...placeholders.filter(({ value }) => value === wanted).flatMap(({ text, logicalId = nameOf(text) }) => [logicalId, logicalId.replace(/[0-9A-F]{8}$/, '')])];
    const handler = names.map((name) => exact.get(name)).find(isHandler) ?? names.map((name) => loose.get(loosely(name))).find(isHandler);
    if (handler === undefined) missing.set(wanted, task);
    else if (!exact.has(nameOf(wanted))) functions.set(wanted, handler);
  }
  return { functions: Object.fromEntries(functions), missing: [...missing.values()] };
}

/** The name in an ARN, `name:qualifier` or `${Name.Arn}`. */
export function nameOf(text: string): string {
  const placeholder = /^\$\{([^}.]+)/.exec(text);
  if (placeholder !== null) return placeholder[1]!;
  const parts = text.split(':');
  const at = parts.indexOf('function');
  return (at >= 0 ? parts[at + 1] : text.startsWith('arn:') ? text : parts[0]) ?? text;
}

function loosely(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

function isHandler(value: Handler | null | undefined): value is Handler {
  return typeof value === 'function';
}
