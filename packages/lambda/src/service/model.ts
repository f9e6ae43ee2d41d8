import type { ServiceModel } from '@interstate/service-kit';
import { LAMBDA_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The part of the Lambda API that is offered here, as clients see it. */
export const LAMBDA_MODEL: ServiceModel = {
  serviceId: 'Lambda',
  protocol: 'rest-json',
  operations: INPUT_SHAPES,
  errors: LAMBDA_ERRORS,
  times: new Set(['LastModified', 'StartingPositionTimestamp']),
  blobs: new Set(['Payload']),
  rest: { Invoke: { body: 'Payload', status: 'StatusCode', headers: { FunctionError: 'x-amz-function-error', LogResult: 'x-amz-log-result', ExecutedVersion: 'x-amz-executed-version' } } },
  waits: new Set(['Invoke']),
};
