import { toHaveAssigned } from './assigned.ts';
import { toHaveBeenAborted, toHaveFailedWith, toHaveSucceeded, toHaveSucceededWith, toHaveTimedOut } from './outcome.ts';
import { toHaveCaught, toHaveRetried, toHaveVisited, toHaveVisitedInOrder } from './path-taken.ts';
import { toHavePutEvent, toHaveSentMessage } from './sent.ts';

/** For `expect.extend` of vitest or Jest. `@interstate/testing/vitest` does it, with types. */
export const matchers = {
  toHaveSucceeded,
  toHaveSucceededWith,
  toHaveFailedWith,
  toHaveTimedOut,
  toHaveBeenAborted,
  toHaveVisited,
  toHaveVisitedInOrder,
  toHaveRetried,
  toHaveCaught,
  toHaveAssigned,
  toHaveSentMessage,
  toHavePutEvent,
};

type Arguments<M> = M extends (received: unknown, ...args: infer Args) => unknown ? Args : never;

/** The matchers as `expect(…)` offers them. */
export type InterstateMatchers<R = unknown> = { [K in keyof typeof matchers]: (...args: Arguments<OmitThisParameter<(typeof matchers)[K]>>) => R };
