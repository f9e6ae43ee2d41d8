import { isJsonObject, parseArn, type ApiRequest, type Json, type JsonObject } from '@interstate/kernel';
import { pascalName } from '@interstate/service-kit';
import { queueUrlOf } from '../targets/target-call.ts';
import { parsedJson, universalTarget } from './target-rules.ts';

/** What an invocation is known by. */
export interface Invocation {
  readonly scheduleArn: string;
  readonly executionId: string;
  /** ISO 8601, whole seconds. */
  readonly scheduledTime: string;
  readonly attempt: number;
}

/** A call of another service. */
export interface TargetCall {
  readonly to: string;
  readonly request: Pick<ApiRequest, 'action' | 'input'>;
}

/**
 * The text a target is given: its Input with `<aws.scheduler.…>` filled in, or what Scheduler sends where there is none.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function inputText(target: JsonObject, invocation: Invocation): string {
  const { scheduleArn, executionId, scheduledTime, attempt } = invocation;
  const { region = '', account = '' } = parseArn(scheduleArn) ?? {};
  const given = target['Input'] as string | undefined;
  if (given === undefined) {
    if (universalTarget(target['Arn'] as string)) return '{}';
    return JSON.stringify({ version: '0', id: executionId, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account, time: scheduledTime, region, resources: [scheduleArn], detail: '{}' });
  }
  if (!given.includes('<aws.scheduler.')) return given;
  const values: Readonly<Record<string, string>> = { 'schedule-arn': scheduleArn, 'scheduled-time': scheduledTime, 'execution-id': executionId, 'attempt-number': String(attempt) };
  return given.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}

/** What a target is called with; undefined where its input is no JSON and must be. */
export function targetCall(target: JsonObject, text: string, scheduleArn: string): TargetCall | undefined {
  const arn = target['Arn'] as string;
  const universal = universalTarget(arn);
  if (universal) {
    const input = parsedJson(text);
    return isJsonObject(input) ? { to: arn, request: { action: pascalName(universal.action), input } } : undefined;
  }
  const { region, account, resource, partition, service } = parseArn(arn)!;
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const call = (action: string, input: JsonObject): TargetCall => ({ to: arn, request: { action, input } });
  // Resources that no model stands for are reached as universal targets are.
  const sdk = (action: string, input: JsonObject): TargetCall => ({ to: `arn:${partition}:scheduler:::aws-sdk:${service}:${action}`, request: { action: pascalName(action), input } });
  const member = (block: string, key: string): Json | undefined => (target[block] as JsonObject | undefined)?.[key];
  switch (service) {
    case 'sqs': {
      const group = member('SqsParameters', 'MessageGroupId');
      return call('SendMessage', { QueueUrl: queueUrlOf(arn), MessageBody: text, ...(group !== undefined && { MessageGroupId: group }) });
    }
    case 'sns':
      return call('Publish', { TopicArn: arn, Message: text });
    case 'states':
      return call('StartExecution', { stateMachineArn: arn, input: text });
    case 'lambda': {
      const payload = parsedJson(text);
      return payload === undefined ? undefined : call('Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: payload });
    }
    case 'events': {
      const { Source, DetailType } = (target['EventBridgeParameters'] ?? target['EventBridgePutEventsV2Parameters'] ?? { Source: 'scheduler', DetailType: 'Scheduled Event' }) as { Source: string; DetailType: string };
      return call('PutEvents', { Entries: [{ EventBusName: arn, Source, DetailType, Detail: text, Resources: [scheduleArn] }] });
    }
    case 'kinesis':
      return call('PutRecord', { StreamName: name, StreamARN: arn, Data: text, PartitionKey: member('KinesisParameters', 'PartitionKey')! });
    case 'firehose':
      return call('PutRecord', { DeliveryStreamName: name, Record: { Data: text } });
    case 'ecs':
      return sdk('runTask', { Cluster: arn, ...taskParameters(target['EcsParameters'] as JsonObject), ...given(target, 'Overrides', text) });
    case 'codebuild':
      return sdk('startBuild', { ProjectName: name, ...parametersIn(target, text) });
    case 'codepipeline':
      return sdk('startPipelineExecution', { Name: resource });
    case 'sagemaker':
      return sdk('startPipelineExecution', { PipelineName: arn, ...pipelineParameters(member('SageMakerPipelineParameters', 'PipelineParameterList')) });
    default:
      return sdk('startAssessmentRun', { AssessmentTemplateArn: `arn:${partition}:${service}:${region}:${account}:${resource}` });
  }
}

/** Members of RunTask that Scheduler calls otherwise. */
function taskParameters({ TaskDefinitionArn, TaskCount = 1, ...others }: JsonObject): JsonObject {
  return { TaskDefinition: TaskDefinitionArn!, Count: TaskCount, ...others };
}

function pipelineParameters(list: Json | undefined): JsonObject {
  return list === undefined ? {} : { PipelineParameters: list };
}

function given(target: JsonObject, member: string, text: string): JsonObject {
  const value = target['Input'] === undefined ? undefined : parsedJson(text);
  return value === undefined ? {} : { [member]: value };
}

function parametersIn(target: JsonObject, text: string): JsonObject {
  const value = target['Input'] === undefined ? undefined : parsedJson(text);
  return isJsonObject(value) ? value : {};
}
