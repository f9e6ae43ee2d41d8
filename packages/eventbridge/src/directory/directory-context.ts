import { nextUint32, nextUuid, type Effect, type JsonObject, type ReplyTo } from '@interstate/kernel';
import type { BusOptions } from '../bus/bus-context.ts';
import { recordOf, type DirectoryState, type Kind } from './directory-state.ts';

export class DirectoryContext {
  readonly effects: Effect[] = [];

  constructor(
    readonly options: BusOptions,
    readonly state: DirectoryState,
    readonly now: number,
    /** Who called; undefined while a notice or an answer is taken in. */
    readonly replyTo: ReplyTo | undefined,
  ) {}

  uuid(): string {
    return nextUuid(this.state.random);
  }

  seed(): [number, number, number, number] {
    const { random } = this.state;
    return [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  }

  record<T>(kind: Kind, name: string): T | undefined {
    return recordOf<T>(this.state, kind, name);
  }

  notify(to: string, notice: JsonObject): void {
    this.effects.push({ type: 'notice', to, notice });
  }
}
