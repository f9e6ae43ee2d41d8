import { parseArn, type IntegrationPattern } from '@interstate/kernel';

/** What a Task's `Resource` means. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-tasks.html */
export interface TaskResource {
  readonly arn: string;
  /** Which family of history events the Task writes. */
  readonly events: 'LambdaFunction' | 'Activity' | 'Task';
  /** `resourceType` of Task events: `lambda`, `aws-sdk:sqs`. */
  readonly service: string;
  readonly action: string;
  readonly pattern: IntegrationPattern;
  /** `resource` of Task events: the action with its pattern suffix. */
  readonly suffixedAction: string;
}

const SUFFIX: Readonly<Record<string, IntegrationPattern>> = {
  '.sync': 'sync',
  '.sync:2': 'sync:2',
  '.waitForTaskToken': 'waitForTaskToken',
};

/** Reads a Resource. Anything that is no service integration or activity is taken for a function, called with its input. */
export function parseTaskResource(resource: string): TaskResource {
  const arn = parseArn(resource);
  const bare = { arn: resource, action: '', pattern: 'requestResponse', suffixedAction: '' } as const;
  if (arn?.service !== 'states') return { ...bare, events: 'LambdaFunction', service: 'lambda' };
  if (arn.resource.startsWith('activity:')) return { ...bare, events: 'Activity', service: 'activity' };
  const parts = arn.resource.split(':');
  const serviceParts = parts[0] === 'aws-sdk' ? 2 : 1;
  const service = parts.slice(0, serviceParts).join(':');
  const suffixedAction = parts.slice(serviceParts).join(':');
  const dot = suffixedAction.indexOf('.');
  const suffix = dot < 0 ? '' : suffixedAction.slice(dot);
  const action = dot < 0 ? suffixedAction : suffixedAction.slice(0, dot);
  return { arn: resource, events: 'Task', service, action, pattern: SUFFIX[suffix] ?? 'requestResponse', suffixedAction };
}
