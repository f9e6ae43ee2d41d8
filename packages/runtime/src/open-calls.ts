import type { Address } from '@interstate/kernel';
import type { HostCall } from './host-call.ts';

/** A call a machine has made and that is not answered yet. */
export interface OpenCall {
  readonly callId: string;
  readonly to: Address;
  /** Present where a connector answers. */
  readonly work: HostCall | undefined;
}

const FEW = 8;

/** The open calls of one machine. Most machines have one at a time, so a few are a list; many are a map. */
export class OpenCalls {
  private few: OpenCall[] = [];
  private many: Map<string, OpenCall> | undefined;

  add(call: OpenCall): void {
    if (this.many) this.many.set(call.callId, call);
    else if (this.few.length === 0) this.few = [call];
    else if (this.few.length < FEW) this.few.push(call);
    else {
      this.many = new Map(this.few.map((known) => [known.callId, known]));
      this.many.set(call.callId, call);
      this.few = [];
    }
  }

  /** Takes a call out; undefined where it is not open. */
  take(callId: string): OpenCall | undefined {
    if (this.many) {
      const call = this.many.get(callId);
      this.many.delete(callId);
      return call;
    }
    const index = this.few.findIndex((call) => call.callId === callId);
    if (index < 0) return undefined;
    const call = this.few[index]!;
    if (this.few.length === 1) this.few = [];
    else this.few.splice(index, 1);
    return call;
  }

  [Symbol.iterator](): Iterator<OpenCall> {
    return (this.many?.values() ?? this.few.values()) as Iterator<OpenCall>;
  }
}
