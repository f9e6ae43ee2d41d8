import type { EpochMs } from '@interstate/kernel';
import type { ObjectStore } from '../store/object-store.ts';

/** What every action works on. */
export interface ActionContext {
  readonly store: ObjectStore;
  readonly now: EpochMs;
}

/** One AWS action: request in, response in the SDK's shape out; refusals are thrown as ServiceError. */
export type Action<Input, Output> = (context: ActionContext, input: Input) => Promise<Output>;

export function quoteTag(digest: string): string {
  return `"${digest}"`;
}

/** S3 keeps times in whole seconds. */
export function toDate(time: EpochMs): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}
