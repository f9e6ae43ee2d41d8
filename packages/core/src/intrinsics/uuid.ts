import { nextUuid } from '@interstate/kernel';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.UUID()`: a version 4 UUID. */
export const uuid: FixedIntrinsic = {
  name: 'States.UUID',
  parameters: [],
  evaluate: (_a, _b, _c, scope) => nextUuid(scope.random),
};
