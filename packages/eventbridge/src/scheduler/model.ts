import type { ServiceModel } from '@interstate/service-kit';
import { SCHEDULER_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The Scheduler API, as clients see it. */
export const SCHEDULER_MODEL: ServiceModel = {
  serviceId: 'Scheduler',
  protocol: 'rest-json',
  operations: INPUT_SHAPES,
  errors: SCHEDULER_ERRORS,
  times: new Set(['CreationDate', 'LastModificationDate', 'StartDate', 'EndDate']),
};
