import { MemoryStore } from '../store.ts';

/** Options of a host that crashes after every step. */
export interface Crashing {
  readonly store: MemoryStore;
  readonly forget: true;
  readonly deliveries: number;
}

/**
 * Set-up of the crash host: after every step it drops the machine from memory and loads it from a store of JSON text,
 * and it delivers every message several times. Whatever a host does without it must come out the same with it.
 *
 * @example new Host({ ...options, ...crashing() })
 * @param deliveries how often each message comes (default 2)
 */
export function crashing(deliveries = 2): Crashing {
  return { store: new MemoryStore(), forget: true, deliveries };
}
