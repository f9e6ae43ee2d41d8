import type { ServiceModel } from '@interstate/service-kit';
import { SNS_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

/** The SNS API, as clients see it. */
export const SNS_MODEL: ServiceModel = {
  serviceId: 'SNS',
  protocol: 'query',
  operations: INPUT_SHAPES,
  errors: SNS_ERRORS,
  times: new Set(['CreatedAt']),
  blobs: new Set(['BinaryValue']),
  maps: new Set(['Attributes', 'attributes']),
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
};
