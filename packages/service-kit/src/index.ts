// Errors, in the shape of the AWS SDK and as Step Functions words them.
export {
  createServiceError,
  fillMessage,
  isServiceError,
  serviceFailure,
  ServiceError,
  type ErrorRow,
  type ErrorTable,
  type ResponseMetadata,
} from './service-error.ts';
export {
  misshapenField,
  missingField,
  mistypedField,
  optimizedCause,
  parameterFault,
  sdkCause,
  type FailedCall,
} from './failure-cause.ts';

// Requests and results.
export { validateRequest, type RequestFault, type Shape, type StructureShape } from './request-validation.ts';
export { decodePageToken, encodePageToken } from './page-token.ts';
export { sdkMetadata, sortedKeys, type SdkResponse } from './sdk-metadata.ts';

// Names.
export { camelName, pascalName } from './member-case.ts';
export { nearName } from './near-name.ts';
