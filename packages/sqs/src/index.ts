// Amazon SQS, plugged into a host.
export { sqs, type SqsOptions } from './adapter.ts';
export { SQS_MODEL } from './model.ts';
export { SQS_ERRORS, type SqsErrorCode } from './errors.ts';
export { SQS_LIMITS, type SqsLimits } from './limits.ts';

// Its client.
export type { Sqs, SqsAttributeValue, SqsMessage, SqsMessageInput, SqsMoveTask, SqsOperations, SqsResult, SqsSent } from './client.ts';

// Its numbers.
export { queueMetrics, type QueueMetrics } from './metrics.ts';
