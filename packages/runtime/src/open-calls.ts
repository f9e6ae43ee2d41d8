import { TurnoverMap, type Address } from '@interstate/kernel';
import type { HostCall } from './host-call.ts';

/** A call a machine has made and that is not answered yet: a `HostCall` where a connector answers it. */
export type OpenCall = HostCall | MachineCall;

/** A call of another machine. */
export class MachineCall {
  constructor(
    readonly callId: string,
    readonly to: Address,
  ) {}
}

/** The open calls of one machine. Most machines have one at a time: it takes no table. */
export class OpenCalls {
  private first: OpenCall | undefined;
  private others: TurnoverMap<string, OpenCall> | undefined;

  add(call: OpenCall): void {
    if (this.first === undefined) this.first = call;
    else (this.others ??= new TurnoverMap()).set(call.callId, call);
  }

  /** Takes a call out; undefined where it is not open. */
  take(callId: string): OpenCall | undefined {
    const { first, others } = this;
    if (first?.callId === callId) {
      this.first = undefined;
      return first;
    }
    const call = others?.get(callId);
    if (call) others!.delete(callId);
    return call;
  }

  *[Symbol.iterator](): Generator<OpenCall> {
    if (this.first) yield this.first;
    if (this.others) yield* this.others.values();
  }
}
