import type { ResponseSchema, ResponseSchemas } from '@interstate/kernel';
import { tabledSchema } from './response-schema.ts';

const RESOURCE = /^arn:[^:]*:states:[^:]*:[^:]*:(aws-sdk:)?([^:]+):([^.]+)(\.sync(?::2)?|\.waitForTaskToken)?$/;

/** Optimized integrations whose response is that of a service told otherwise in `aws-sdk:` resources. */
const SAME_RESPONSE: Readonly<Record<string, string>> = { lambda: 'lambda', sqs: 'sqs', sns: 'sns', events: 'eventbridge', states: 'sfn' };

/**
 * The schema a Task's mocked result is held against. Undefined, and nothing is checked, for functions and activities, for
 * callbacks (whoever answers may say anything), for HTTP and API Gateway, for jobs that are waited for (but executions), and for
 * services that are neither in the table nor known to `schemas`.
 */
export function taskSchema(resource: string, schemas: ResponseSchemas | undefined): ResponseSchema | undefined {
  const [, sdk, service, action, pattern = ''] = RESOURCE.exec(resource) ?? [];
  if (service === undefined || action === undefined || pattern === '.waitForTaskToken') return undefined;
  if (sdk !== undefined) return tabledSchema(`aws-sdk:${service}`, action) ?? schemas?.(service, action);
  // Whoever waits for an execution is given its description.
  if (pattern !== '') return service === 'states' ? tabledSchema('aws-sdk:sfn', 'describeExecution') : undefined;
  return tabledSchema(Object.hasOwn(SAME_RESPONSE, service) ? `aws-sdk:${SAME_RESPONSE[service]!}` : service, action);
}
