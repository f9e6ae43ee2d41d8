import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { Cloud } from 'interstate';
import { at, TestFileError, unknownName } from './reading.ts';

/** A call that makes what the state machine finds there: `sqs:createQueue`, named as in `arn:aws:states:::aws-sdk:sqs:createQueue`. */
export interface ResourceCall {
  readonly service: keyof typeof CLIENTS;
  readonly operation: string;
  /** What the API takes. */
  readonly input: JsonObject;
  readonly place: string;
}

/** The cloud's clients, by the name of their service. */
const CLIENTS = { eventbridge: 'eventBridge', lambda: 'lambda', pipes: 'pipes', s3: 's3', scheduler: 'scheduler', schemas: 'schemas', sfn: 'sfn', sns: 'sns', sqs: 'sqs' } as const;

/** Reads a list of calls, each an object of one member: `{ "sqs:createQueue": { "QueueName": "orders" } }`. @throws TestFileError */
export function readResources(value: Json | undefined, place: string): readonly ResourceCall[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TestFileError(`${place}: must be a list of calls, in order, such as { "sqs:createQueue": { "QueueName": "orders" } }.`);
  return (value as readonly Json[]).map((each, index) => readCall(each, `${place}[${index}]`));
}

function readCall(value: Json, place: string): ResourceCall {
  const [[name, input] = ['', null], ...more] = isJsonObject(value) ? Object.entries(value) : [];
  const [, service, operation] = /^([^:]+):([^:]+)$/.exec(name) ?? [];
  if (operation === undefined || more.length > 0) throw new TestFileError(`${place}: must be one call, such as { "sqs:createQueue": { "QueueName": "orders" } }.`);
  if (!Object.hasOwn(CLIENTS, service!)) throw new TestFileError(`${at(place, name)}: the service '${service}' ${unknownName(service!, Object.keys(CLIENTS))}`);
  if (!isJsonObject(input)) throw new TestFileError(`${at(place, name)}: must be an object of parameters, but is ${JSON.stringify(input)}.`);
  return { service: service as ResourceCall['service'], operation, input, place: at(place, name) };
}

/** Makes the calls in a cloud, one after another. @throws TestFileError with the place of the one that is refused, and why */
export async function makeResources(calls: readonly ResourceCall[], cloud: Cloud): Promise<void> {
  for (const { service, operation, input, place } of calls) {
    const client = cloud[CLIENTS[service]] as unknown as Readonly<Record<string, (input: JsonObject) => Promise<unknown>>>;
    const operations = operationsOf(client);
    if (!operations.includes(operation)) throw new TestFileError(`${place}: the operation '${operation}' ${unknownName(operation, operations)}`);
    try {
      await client[operation]!(input);
    } catch (error) {
      const { name, message } = error as Error;
      throw new TestFileError(`${place}: ${name}: ${message}`);
    }
  }
}

/** A modelled client has its operations from its class; the one of objects is no more than functions. */
function operationsOf(client: object): string[] {
  const shared = Object.getPrototypeOf(client) as object;
  if (shared !== Object.prototype) return Object.getOwnPropertyNames(shared).filter((name) => name !== 'constructor');
  return Object.entries(client).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
}

/** Definitions of state machines that the calls create, besides the tested one; what cannot be read is refused by the service. */
export function definitionsIn(calls: readonly ResourceCall[]): JsonObject[] {
  return calls.flatMap(({ operation, input: { definition } }) => {
    if (operation !== 'createStateMachine' || typeof definition !== 'string') return [];
    try {
      const parsed = JSON.parse(definition) as Json;
      return isJsonObject(parsed) ? [parsed] : [];
    } catch {
      return [];
    }
  });
}

/** How to make what an execution failed for want of; undefined where it failed for something else. */
export function adviceOnMissing(error: string | undefined): string | undefined {
  if (!/^(?:SQS|SNS|EventBridge|S3|Scheduler)\..*(?:DoesNotExist|NotFound|NoSuchBucket)/i.test(error ?? '')) return undefined;
  return 'What Tasks use has to exist: list what makes it as resources, such as { "sqs:createQueue": { "QueueName": "orders" } }. The account is 123456789012 unless the test says otherwise.';
}
