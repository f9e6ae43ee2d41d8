import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileJsonata, JsonataError } from '@interstate/core/internal';
import { createRandom, isJsonEqual, type Json } from '@interstate/kernel';
import { nodeCrypto } from '@interstate/runtime';
import { readCases } from './folder.ts';
import { shown } from '@interstate/testing/internal';
import { runChecks, type Check, type Suite } from './suite.ts';

interface Case {
  readonly expr?: string;
  readonly 'expr-file'?: string;
  readonly data?: Json;
  readonly dataset?: string | null;
  readonly bindings?: Readonly<Record<string, Json>>;
  readonly unordered?: boolean;
  readonly result?: Json;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly token?: string;
  readonly error?: { readonly code?: string; readonly message?: string; readonly token?: string };
}

/** Far above what any case needs: these cases are about the language, not about AWS's bounds on it. */
const RELAXED = { depth: 1_000, valueBytes: 1e9, steps: 1e9 };
/** Whether AWS has these operators is unknown: a suite of their own. */
const UNSURE_GROUPS = new Set(['coalescing-operator', 'default-operator']);
/** The error of the package's own time and depth limits: AWS has others, and these cases are about the language. */
const CUT_SHORT = 'U1001';
/** AWS has no `$eval`. */
const LEFT_OUT_GROUPS = new Set(['function-eval']);

/** The official cases of the `jsonata` package that AWS supports, bounds relaxed: without `$eval`, time limits, `?:` and `??`. */
export const jsonata: Suite = suiteOf('jsonata', (group) => !UNSURE_GROUPS.has(group));

/** The operators `?:` and `??`, counted apart. */
export const jsonataDefaults: Suite = suiteOf('jsonata-default-operators', (group) => UNSURE_GROUPS.has(group));

function suiteOf(id: string, takes: (group: string) => boolean): Suite {
  return {
    id,
    async run(folder, options) {
      const root = join(folder, 'jsonata');
      if (!existsSync(join(root, 'groups'))) return undefined;
      const groups = readdirSync(join(root, 'groups')).filter((group) => !LEFT_OUT_GROUPS.has(group) && takes(group));
      return groups.length === 0 ? undefined : runChecks(id, groups.sort().flatMap((group) => checksOf(root, group)), options);
    },
  };
}

function checksOf(root: string, group: string): Check[] {
  const folder = join(root, 'groups', group);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const read = readCases<Case | Case[]>(folder, file)!;
      const name = `${group}/${file.slice(0, -5)}`;
      return (Array.isArray(read) ? read.map((one, index) => [`${name}[${index}]`, one] as const) : [[name, read] as const])
        .filter(([, { code }]) => code !== CUT_SHORT)
        .map(([id, one]) => ({ id, rule: group, check: () => checkCase(root, folder, one) }));
    });
}

function checkCase(root: string, folder: string, one: Case): string | undefined {
  const text = one.expr ?? readFileSync(join(folder, one['expr-file']!), 'utf8');
  const told = shown(text);
  const wanted = one.error ?? (one.code === undefined ? undefined : { code: one.code, ...(one.token === undefined ? {} : { token: one.token }) });
  let result: unknown;
  try {
    result = evaluate(text, inputOf(root, one), one.bindings ?? {});
  } catch (error) {
    if (!(error instanceof JsonataError)) throw error;
    if (wanted === undefined) return `${told}: expected ${shown(one.result)}, failed with ${error.code}: ${error.message}`;
    for (const field of ['code', 'message', 'token'] as const) {
      if (wanted[field] !== undefined && wanted[field] !== error[field]) return `${told}: expected ${field} ${shown(wanted[field])}, got ${shown(error[field])} (${error.code}: ${error.message})`;
    }
    return undefined;
  }
  if (wanted !== undefined) return `${told}: expected the error ${shown(wanted)}, got ${shown(result)}`;
  const same = one.undefinedResult === true ? result === undefined : result !== undefined && isResult(result as Json, one.result!, one.unordered === true);
  return same ? undefined : `${told}: expected ${shown(one.result)}, got ${shown(result)}`;
}

function evaluate(text: string, input: Json | undefined, bindings: Readonly<Record<string, Json>>): unknown {
  const environment = {
    variable: (name: string) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined),
    now: Date.UTC(2026, 0, 1),
    crypto: nodeCrypto,
    random: createRandom([1, 2, 3, 4]),
    bounds: RELAXED,
  };
  const expression = compileJsonata(text);
  return input === undefined ? expression.evaluate(environment) : expression.evaluate(environment, input);
}

const datasets = new Map<string, Json>();

function inputOf(root: string, { data, dataset }: Case): Json | undefined {
  if (dataset === undefined) return data;
  if (dataset === null) return undefined;
  const file = join(root, 'datasets', `${dataset}.json`);
  if (!datasets.has(file)) datasets.set(file, readCases<Json>(file)!);
  return datasets.get(file);
}

function isResult(result: Json, expected: Json, unordered: boolean): boolean {
  if (!unordered || !Array.isArray(result) || !Array.isArray(expected)) return isJsonEqual(result, expected);
  const rest = [...(expected as readonly Json[])];
  return (
    result.length === rest.length &&
    (result as readonly Json[]).every((item) => {
      const index = rest.findIndex((other) => isJsonEqual(item, other));
      return index !== -1 && rest.splice(index, 1).length === 1;
    })
  );
}
