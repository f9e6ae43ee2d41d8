import type { ServiceModel } from '@interstate/service-kit';
import { SQS_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The SQS API, as clients see it. */
export const SQS_MODEL: ServiceModel = {
  serviceId: 'SQS',
  protocol: 'json',
  operations: INPUT_SHAPES,
  errors: SQS_ERRORS,
  blobs: new Set(['BinaryValue', 'BinaryListValues']),
  waits: new Set(['ReceiveMessage']),
};
