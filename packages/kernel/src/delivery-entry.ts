import type { EpochMs } from './clock.ts';
import type { Address } from './machine.ts';

/**
 * A journal entry of a machine that sends things on (a topic, a rule, a pipe, a mapping): one attempt, or one decision not to
 * make any. So nothing fails silently.
 */
export interface DeliveryEntry {
  readonly type: 'delivery';
  readonly time: EpochMs;
  /** Why it is sent: ARN of the subscription, rule, schedule, pipe or mapping. */
  readonly by: string;
  readonly to: Address;
  readonly messageId: string;
  /** Counted from 1; 0 where none was made. */
  readonly attempt: number;
  /** `retrying`: failed, and tried again; `failed`: given up for good; `filtered`: a filter kept it back. */
  readonly status: 'delivered' | 'retrying' | 'deadLettered' | 'failed' | 'filtered';
  /** Error code and reason of an attempt that failed. */
  readonly error?: string;
  readonly reason?: string;
}
