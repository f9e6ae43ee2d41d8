import type { Miss } from './suite.ts';
import reasons from './reasons.json' with { type: 'json' };

/** Why we differ, known by case or by rule. */
interface SuiteReasons {
  readonly rules?: Readonly<Record<string, string>>;
  readonly cases?: Readonly<Record<string, string>>;
}

const bySuite = reasons as Readonly<Record<string, SuiteReasons>>;

/** The reason of a miss, its own before its rule's; undefined where nobody has explained it. */
export function reasonOf(asked: string, { id, rule }: Miss): string | undefined {
  // The same recordings, read another way, are damaged in the same places.
  const suite = asked === 'executions-replayed' ? 'executions-history' : asked;
  if (!Object.hasOwn(bySuite, suite)) return undefined;
  const { cases = {}, rules = {} } = bySuite[suite]!;
  return Object.hasOwn(cases, id) ? cases[id] : Object.hasOwn(rules, rule) ? rules[rule] : undefined;
}
