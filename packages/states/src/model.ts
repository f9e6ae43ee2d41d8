import type { ServiceModel } from '@interstate/service-kit';
import { STATES_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** Members that hold times: milliseconds since 1970. */
export const TIMES: ReadonlySet<string> = new Set(['creationDate', 'startDate', 'stopDate', 'updateDate', 'redriveDate', 'timestamp']);

/** The Step Functions API, as clients see it. */
export const STATES_MODEL: ServiceModel = {
  serviceId: 'SFN',
  protocol: 'json',
  operations: INPUT_SHAPES,
  errors: STATES_ERRORS,
  times: TIMES,
  waits: new Set(['GetActivityTask', 'StartSyncExecution']),
};
