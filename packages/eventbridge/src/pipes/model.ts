import type { ServiceModel } from '@interstate/service-kit';
import { PIPES_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The Pipes API, as clients see it. */
export const PIPES_MODEL: ServiceModel = {
  serviceId: 'Pipes',
  protocol: 'rest-json',
  operations: INPUT_SHAPES,
  errors: PIPES_ERRORS,
  times: new Set(['CreationTime', 'LastModifiedTime', 'StartingPositionTimestamp']),
};
