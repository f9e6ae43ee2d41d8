import type { EpochMs } from '@interstate/kernel';
import { compileTargetInput, type TargetInput } from '../input-transformer/target-input.ts';
import { callOf, type Call } from '../targets/target-call.ts';
import type { Target } from '../targets/target.ts';
import type { RuleRecord } from './bus-state.ts';
import { RulePatterns, type EventKind } from './rule-patterns.ts';

/** A rule, ready to be followed. */
export interface LiveRule {
  readonly record: RuleRecord;
  readonly targets: readonly LiveTarget[];
  /** What the targets were made of. */
  readonly given: readonly Target[];
}

export interface LiveTarget {
  readonly target: Target;
  readonly input: TargetInput;
  readonly call: Call;
}

/** The rules of a bus, as events find them. Made from the records. */
export class RuleIndex {
  private readonly byName = new Map<string, LiveRule>();
  private readonly patterns: RulePatterns;
  private readonly scheduled = new Map<string, EpochMs>();
  private sorted: readonly string[] | undefined;

  constructor(kinds: readonly EventKind[]) {
    this.patterns = new RulePatterns(kinds);
  }

  get(name: string): LiveRule | undefined {
    return this.byName.get(name);
  }

  get size(): number {
    return this.byName.size;
  }

  set(record: RuleRecord, targets: readonly Target[]): void {
    const { name, pattern, state } = record;
    const known = this.byName.get(name);
    if (!known) this.sorted = undefined;
    this.byName.set(name, { record, targets: known?.given === targets ? known.targets : targets.map(liveTarget), given: targets });
    if (record.nextFire === undefined) this.scheduled.delete(name);
    else this.scheduled.set(name, record.nextFire);
    this.patterns.keep(name, state === 'DISABLED' ? undefined : pattern);
  }

  delete(name: string): void {
    this.byName.delete(name);
    this.scheduled.delete(name);
    this.sorted = undefined;
    this.patterns.keep(name, undefined);
  }

  /** Names of the rules in alphabetical order. */
  names(): readonly string[] {
    return (this.sorted ??= [...this.byName.keys()].sort());
  }

  /** The enabled rules whose pattern an event matches, in the order of their names. */
  matching(event: object): readonly LiveRule[] {
    const names = this.patterns.match(event);
    return (names.length > 1 ? [...names].sort() : names).map((name) => this.byName.get(name)!);
  }

  /** When the next schedule fires; undefined where none does. */
  nextFire(): EpochMs | undefined {
    let next: EpochMs | undefined;
    for (const at of this.scheduled.values()) if (next === undefined || at < next) next = at;
    return next;
  }

  /** Rules whose schedule is due by a time, by due time and name. */
  due(now: EpochMs): readonly LiveRule[] {
    const names = [...this.scheduled].filter(([, at]) => at <= now).sort(([a, left], [b, right]) => left - right || (a < b ? -1 : 1));
    return names.map(([name]) => this.byName.get(name)!);
  }

  /** For each kind of event, whether an enabled rule may match one of it. */
  wanted(): readonly boolean[] {
    return this.patterns.wanted();
  }
}

/** @throws where the target was never checked */
export function liveTarget(target: Target): LiveTarget {
  const input = compileTargetInput(target, target.Id);
  if (typeof input === 'string') throw new Error(input);
  return { target, input, call: callOf(target) };
}
