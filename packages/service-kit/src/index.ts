// Errors, in the shape of the AWS SDK and as Step Functions words them.
export {
  createServiceError,
  fillMessage,
  isServiceError,
  serviceFailure,
  ServiceError,
  type ErrorRow,
  type ErrorTable,
  type ErrorMetadata,
  type ResponseMetadata,
} from './service-error.ts';
export { ServiceFault } from './service-fault.ts';
export {
  misshapenField,
  missingField,
  mistypedField,
  optimizedCause,
  parameterFault,
  sdkCause,
  type FailedCall,
} from './failure-cause.ts';

// A modelled service: what it is, its machines' door, its clients, its wire.
export type { ModelledService, RestAnswer, ServiceAdapter, ServiceModel } from './service-model.ts';
export { createOperations, type AnswerRequest, type Operation, type OperationsOptions } from './operations.ts';
export { createModelClient, requestIdOf, toServiceError, type AskMachine, type ModelClient } from './model-client.ts';
export { inputFromSdk, outputToSdk } from './sdk-values.ts';
export { wireAnswer, type WireAnswer } from './wire-answer.ts';

// Requests and results.
export { quickCheck, type QuickCheck } from './quick-check.ts';
export { validateRequest, type RequestFault, type Shape, type StructureShape } from './request-validation.ts';
export { decodePageToken, encodePageToken } from './page-token.ts';
export { sdkMetadata, sortedKeys, type SdkResponse } from './sdk-metadata.ts';

// Who may call a resource.
export { parsePolicy, type Policy } from './policy/policy.ts';
export { evaluatePolicy, mayCall, mayCallByDefault, type PolicyDecision, type PolicyRequest } from './policy/may-call.ts';

// Encryption under keys of KMS.
export { createKms, openText, sealText, type DataKey, type Kms, type KmsFault, type KmsHome, type KmsKeyOptions, type KmsKeyState, type KmsOptions } from './kms.ts';

export { SealedRecordMap, type SecretRecords } from './sealed-record-map.ts';
export { isSealed, RecordSeal, type SealedRecord } from './record-seal.ts';

// How often a resource may be called.
export { takeCall } from './call-rate.ts';

// What is due when.
export { DueQueue } from './due-queue.ts';

// Polling queues and reading streams, for event source mappings and pipes.
export { everyItem, failedItems, type BatchItem } from './polling/partial-failure.ts';
export { polledQueue, sqsRecord, type PolledQueue } from './polling/sqs-record.ts';
export type { ReadPosition, RecordPage, RecordsRequest, ShardList, SourceRecord, SourceShard } from './polling/record-source.ts';
export { readPosition, STREAM_KINDS, streamTypesOf, type SourceChannel, type StreamKind, type StreamPlace, type StreamType } from './polling/stream-kind.ts';
export { queueSource, streamSource, type BatchSource, type SourceContext, type SourceItem } from './polling/batch-source.ts';
export { provisionedScaling, scalingTo, type Scaling } from './polling/concurrency.ts';
export type { PollerOptions } from './polling/queue-poller.ts';
export type { GiveUpCondition, StreamItem, StreamOptions } from './polling/stream-state.ts';
export type { TumblingWindow } from './polling/tumbling-window.ts';
export { streamBatchInfo } from './polling/stream-batch-info.ts';
export { keyHash } from './polling/key-hash.ts';

// Names.
export { camelName, pascalName } from './member-case.ts';
