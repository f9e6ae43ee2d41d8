import type { Address, JsonObject } from '@interstate/kernel';
import type { DeliveryFaultKind } from './fault.ts';

/** A place in a run where a fault can be put. */
export type Opportunity = TaskAttempt | HandOver;

/** A Task attempt. */
export interface TaskAttempt {
  readonly type: 'task';
  readonly at: number;
  readonly stateName: string;
  readonly executionArn: string;
  readonly resource: string;
  /** 0 for the first try. */
  readonly retryCount: number;
  /** The Map iterations around it, outermost first. */
  readonly iteration: readonly string[];
  /** Errors that can be expected here. */
  readonly errors: readonly string[];
  /** Errors that the state itself speaks of. */
  readonly named: readonly string[];
  /** An answer may not come, or not in time: a person or another system is asked, or the state has a TimeoutSeconds. */
  readonly isLong: boolean;
}

/** Something that is handed on. */
export interface HandOver {
  readonly type: 'handOver';
  readonly at: number;
  /** ARN of the queue, topic, rule, schedule or function it comes from; `outside` for the application. */
  readonly from: Address;
  readonly to: Address;
  /** Operation and input, as the service takes them. */
  readonly action: string;
  readonly input: JsonObject;
  /** ARN of the function that makes this call as part of its work. */
  readonly by?: Address;
  /** What can befall it. */
  readonly kinds: readonly DeliveryFaultKind[];
  /** How late it can come at most, in seconds. */
  readonly latestSeconds: number;
}
