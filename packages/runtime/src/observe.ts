import type { Address, Effect, Json, Message } from '@interstate/kernel';

/** What a host tells observers, by event name. Listeners run inside the host's loop: they must not block or throw. */
export interface HostEvents {
  /** Entries a machine appended to its journal (history events of an execution). */
  journal: (news: { readonly address: Address; readonly entries: readonly unknown[] }) => void;
  /** A machine has ended. */
  ended: (news: { readonly address: Address }) => void;
  /** A call reached nobody, or a connector failed in a way that is no modelled failure. */
  problem: (news: { readonly address: Address; readonly problem: string; readonly detail?: Json }) => void;
}

/** What passes the host's one chain of interceptors: a message about to be delivered, or an effect about to be performed. */
export type Passage =
  | { readonly type: 'message'; readonly to: Address; readonly message: Message }
  | { readonly type: 'effect'; readonly from: Address; readonly effect: Effect };

/**
 * Sees every message and effect. Calls `next` to let it pass (changed or not, once, twice or not at all).
 * Mocks, chaos, journals and replay are interceptors.
 */
export type Interceptor = (passage: Passage, next: (passage: Passage) => void) => void;
