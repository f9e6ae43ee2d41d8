import type { Adapter, Crypto, Machine } from '@interstate/kernel';
import type { Clock } from './clock.ts';
import type { InputEntry } from './input-log.ts';
import type { Interceptor } from './observe.ts';
import type { Store } from './store.ts';

export interface HostOptions {
  /** The kinds of machine this host runs. */
  readonly machines: readonly Machine[];
  readonly adapters?: readonly Adapter[];
  /** Default: the real clock. */
  readonly clock?: Clock;
  /** Default: Node's. */
  readonly crypto?: Crypto;
  /** 128-bit seed as four unsigned 32-bit words. Default: from the operating system. */
  readonly seed?: readonly [number, number, number, number];
  /**
   * In which order messages that are under way at the same time are delivered: as they were sent (`sequence`, the default), or as a
   * seed decides, among the orders that could have been. Other seeds show what an application takes for granted.
   */
  readonly order?: MessageOrder;
  /** Told everything that comes in from outside, in order: `replay` makes the same host from it. */
  readonly onInput?: (entry: InputEntry) => void;
  /** How many connector calls run at once. Default: no bound. */
  readonly taskConcurrency?: number;
  readonly interceptors?: readonly Interceptor[];
  /** Where machines are kept after every step. Default: in memory only, as live objects. */
  readonly store?: Store;
  /** Drops a machine from memory after every step and loads it again: proves that nothing is kept outside the store. */
  readonly forget?: boolean;
  /** How often each message is delivered (default 1); more proves that redelivery is harmless. */
  readonly deliveries?: number;
}

export type MessageOrder = 'sequence' | { readonly seed: number };
