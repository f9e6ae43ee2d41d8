import { Heap, type EpochMs, type Json, type JsonObject, type RandomState, type RecordMap } from '@interstate/kernel';
import { SealedRecordMap } from '@interstate/service-kit';
import type { Target } from '../targets/target.ts';
import { RuleIndex } from './rule-index.ts';
import type { EventKind } from './rule-patterns.ts';

/*
 * Records of a bus, by key:
 *   root               the generator's four words, and how many deliveries there were
 *   bus                what DescribeEventBus tells; gone where the bus is deleted
 *   rule:<name>        a rule     targets:<name>   its targets
 *   tags:<ARN>         tags of the bus or a rule
 *   delivery:<number>  an event on its way to a target; sealed where the bus has a key
 */

export interface BusRecord {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: EpochMs;
  readonly modifiedTime: EpochMs;
  readonly description?: string;
  readonly kmsKey?: string;
  readonly deadLetterConfig?: { readonly Arn?: string };
  readonly logConfig?: JsonObject;
  readonly policy?: string;
  /** The partner event source whose events it takes. */
  readonly eventSource?: string;
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface RuleRecord {
  readonly name: string;
  readonly arn: string;
  readonly state: RuleState;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly managedBy?: string;
  /** A schedule's periods are counted from here: when the rule was made or enabled. */
  readonly since: EpochMs;
  /** When the schedule fires next. */
  readonly nextFire?: EpochMs;
}

/** An event on its way to a target. */
export interface DeliveryRecord {
  readonly rule: string;
  readonly ruleArn: string;
  readonly target: Target;
  readonly event: JsonObject;
  readonly ingestionTime: EpochMs;
  /** The event came from another bus. */
  readonly forwarded?: true;
  /** How many events in a row brought this one about. */
  readonly hops?: number;
  /** The same in every attempt, where the target wants that. */
  readonly id?: string;
  readonly attempt: number;
  /** When it is tried again. Absent: an answer is awaited. */
  readonly at?: EpochMs;
  /** Given up: on its way to the dead-letter queue. */
  readonly dead?: DeadReason;
}

export interface DeadReason {
  readonly code: string;
  readonly message: string;
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
  /** Attempts to reach the queue. */
  readonly attempt: number;
}

export interface BusState {
  readonly records: SealedRecordMap;
  random: RandomState;
  /** Deliveries so far. */
  deliveries: number;
  readonly rules: RuleIndex;
  /** Numbers of the deliveries to be tried again, by when. One that went meanwhile is passed over. */
  readonly retries: Heap<number>;
}

const UNSEEDED: readonly number[] = [1, 0, 0, 0, 0];

export function loadBus(saved: ReadonlyMap<string, Json>, kinds: readonly EventKind[]): BusState {
  const [a, b, c, d, deliveries] = (saved.get('root') as readonly number[] | undefined) ?? UNSEEDED;
  const state: BusState = { records: new SealedRecordMap(saved, { 'delivery:': ['at'] }), random: [a!, b!, c!, d!], deliveries: deliveries!, rules: new RuleIndex(kinds), retries: new Heap((a, b) => a < b) };
  for (const [key, value] of saved) {
    if (key.startsWith('rule:')) {
      const rule = value as unknown as RuleRecord;
      state.rules.set(rule, readRecord<readonly Target[]>(state, `targets:${rule.name}`) ?? []);
    } else if (key.startsWith('delivery:')) {
      const { at } = value as unknown as DeliveryRecord;
      if (at !== undefined) state.retries.add(at, Number(key.slice('delivery:'.length)));
    }
  }
  return state;
}

/** Call at the end of a step that may have drawn from the generator. */
export function writeRoot({ records, random, deliveries }: BusState): void {
  records.set('root', [...random, deliveries]);
}

export function readRecord<T>({ records }: { readonly records: RecordMap }, key: string): T | undefined {
  return records.get(key) as unknown as T | undefined;
}

export function writeRecord<T extends object>({ records }: { readonly records: RecordMap }, key: string, value: T): void {
  records.set(key, value as unknown as Json);
}
