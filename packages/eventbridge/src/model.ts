import type { ServiceModel } from '@interstate/service-kit';
import { EVENTBRIDGE_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The EventBridge API, as clients see it. */
export const EVENTBRIDGE_MODEL: ServiceModel = {
  serviceId: 'EventBridge',
  protocol: 'json',
  operations: INPUT_SHAPES,
  errors: EVENTBRIDGE_ERRORS,
  times: new Set(['CreationTime', 'LastModifiedTime', 'LastAuthorizedTime', 'ExpirationTime', 'EventStartTime', 'EventEndTime', 'EventLastReplayedTime', 'ReplayStartTime', 'ReplayEndTime']),
};
