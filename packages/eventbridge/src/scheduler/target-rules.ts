import { isJsonObject, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';

/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage`: any operation of any service. */
export interface UniversalTarget {
  readonly service: string;
  readonly action: string;
}

/** Services whose resources can be targets themselves, and the parameters each must have. */
export const TEMPLATED: Readonly<Record<string, string | null>> = {
  codebuild: null,
  codepipeline: null,
  ecs: 'EcsParameters',
  events: 'EventBridgeParameters',
  firehose: null,
  inspector: null,
  kinesis: 'KinesisParameters',
  lambda: null,
  sagemaker: null,
  sns: null,
  sqs: null,
  states: null,
};

/** Their Input is JSON; that of others any text. */
const WANTS_JSON = new Set(['lambda', 'states', 'events']);

/** What only reads is no target. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const READ_ONLY =
  /^(?:get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

export function universalTarget(arn: string): UniversalTarget | undefined {
  const [, service, action] = /^arn:aws[a-z-]*:scheduler:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)$/.exec(arn) ?? [];
  return service === undefined || action === undefined ? undefined : { service, action };
}

/** The service whose resource an ARN names; undefined where that can be no target. */
function templatedService(arn: string): string | undefined {
  const { service = '', account = '', region = '' } = parseArn(arn) ?? {};
  return Object.hasOwn(TEMPLATED, service) && region !== '' && account !== '' ? service : undefined;
}

/** Most schedules have the target of the one before. */
let last: { readonly arn: string; readonly universal: UniversalTarget | undefined; readonly service: string | undefined } = { arn: '', universal: undefined, service: undefined };

/** @throws ServiceFault ValidationException */
export function assertTarget(target: JsonObject): void {
  const arn = target['Arn'] as string;
  if (arn !== last.arn) last = { arn, universal: universalTarget(arn), service: templatedService(arn) };
  const { universal, service } = last;
  if (universal) {
    if (READ_ONLY.test(universal.action)) throw refuse(`${universal.action} is a read-only operation, which cannot be the target of a schedule.`);
    if (target['Input'] !== undefined && !isJsonObject(parsedJson(target['Input'] as string))) throw refuse('The Input of a universal target must be a JSON object.');
    return;
  }
  if (service === undefined) throw refuse('Provided Arn is not in correct format.');
  const needed = TEMPLATED[service];
  const given = service === 'events' ? (target['EventBridgeParameters'] ?? target['EventBridgePutEventsV2Parameters'] ?? target['EventBridgePutRawEventsParameters']) : needed && target[needed];
  if (needed && given === undefined) throw refuse(`${needed} must be specified for the target ${arn}.`);
  if (WANTS_JSON.has(service) && target['Input'] !== undefined && parsedJson(target['Input'] as string) === undefined) throw refuse('The Input of this target must be well-formed JSON.');
}

function refuse(reason: string): ServiceFault {
  return new ServiceFault('ValidationException', { reason });
}

/** Undefined where the text is no JSON. */
export function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
