import type { TaskRequest } from '@interstate/kernel';

/**
 * What a Task's integration may fail with at any time, whatever its arguments: throttling, faults of the service or the network.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export function documentedErrors(request: TaskRequest): readonly string[] {
  if (isFunction(request)) return LAMBDA;
  const { service, action } = request;
  if (action === '') return ACTIVITY;
  const sdk = /^aws-sdk:(.+)$/.exec(service);
  const row = sdk ? undefined : OPTIMIZED[service];
  if (row) return row;
  const prefix = sdk ? prefixOf(sdk[1]!) : prefixOf(service);
  return [`${prefix}.SdkClientException`, `${prefix}.${prefix}Exception`];
}

export function isFunction({ service, action, resource }: TaskRequest): boolean {
  return service === 'lambda' || (action === '' && resource.includes(':lambda:'));
}

const LAMBDA = ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException', 'Lambda.TooManyRequestsException'];
/** A worker may always say that it failed. */
const ACTIVITY = ['States.TaskFailed'];
const OPTIMIZED: Readonly<Record<string, readonly string[]>> = {
  sqs: ['SQS.SdkClientException', 'SQS.AmazonSQSException'],
  sns: ['SNS.SdkClientException', 'SNS.AmazonSNSException'],
  events: ['EventBridge.SdkClientException', 'EventBridge.FailedEntry'],
  dynamodb: ['DynamoDB.SdkClientException', 'DynamoDB.ProvisionedThroughputExceededException', 'DynamoDB.AmazonDynamoDBException'],
  states: ['StepFunctions.SdkClientException', 'StepFunctions.ExecutionLimitExceededException'],
  http: ['States.Http.StatusCode.429', 'States.Http.StatusCode.503', 'States.Http.Socket'],
  apigateway: ['ApiGateway.429', 'ApiGateway.503', 'ApiGateway.SdkClientException'],
};

function prefixOf(service: string): string {
  return service.slice(0, 1).toUpperCase() + service.slice(1);
}
