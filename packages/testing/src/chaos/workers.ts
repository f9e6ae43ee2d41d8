import { isJsonObject, type Address, type Outcome } from '@interstate/kernel';
import { insideOf, type Passage } from '@interstate/runtime';

/** A function at work for a machine. */
export interface Worker {
  /** The function's ARN. */
  readonly address: Address;
  /** Who called it, and how. */
  readonly from: Address;
  readonly callId: string;
  /** What its caller is told when it dies. */
  readonly death: Outcome;
}

/** Functions at work. One that has died does nothing more: no call of its own gets anywhere. */
export class Workers {
  private readonly atWork = new Map<string, Worker>();
  private readonly dead = new Set<Worker>();

  begin(worker: Worker): void {
    this.atWork.set(`${worker.from}\n${worker.callId}`, worker);
  }

  /** The function as part of whose work the application makes this call. */
  whoCalls({ callId }: { readonly callId: string }): Worker | undefined {
    const inside = insideOf(callId);
    return inside && this.atWork.get(`${inside.from}\n${inside.callId}`);
  }

  isDead(worker: Worker): boolean {
    return this.dead.has(worker);
  }

  /** Ends a function where it stands, and tells its caller. */
  kill(worker: Worker, next: (passage: Passage) => void): void {
    this.dead.add(worker);
    next({ type: 'message', to: worker.from, message: { type: 'reply', callId: worker.callId, outcome: worker.death } });
  }
}

/** A function has done what it was called for. */
export function hasWorked(outcome: Outcome): boolean {
  return outcome.ok && !(isJsonObject(outcome.value) && outcome.value['FunctionError'] !== undefined);
}
