import { isJsonObject, parseArn, type Address, type ApiRequest, type Json, type JsonObject } from '@interstate/kernel';
import type { DeliveryFaultKind } from './fault.ts';
import type { HandOver } from './opportunity.ts';

/** A day: as long as EventBridge tries again. */
const DAY_SECONDS = 86_400;
/** The longest DelaySeconds of a message. */
const LONGEST_DELAY_SECONDS = 900;

/** Operations by which something is handed on, with what is handed on. */
const HANDS_ON: Readonly<Record<string, (input: JsonObject) => Json | undefined>> = {
  Invoke: ({ Payload = null }) => (isJsonObject(Payload) && Array.isArray(Payload['Records']) ? listed(Payload['Records']).map(bodyOf).join(', ') : Payload),
  StartExecution: ({ input }) => input,
  StartSyncExecution: ({ input }) => input,
  SendMessage: ({ MessageBody }) => MessageBody,
  SendMessageBatch: ({ Entries }) => membersOf(Entries, 'MessageBody'),
  Publish: ({ Message }) => Message,
  PublishBatch: ({ PublishBatchRequestEntries: entries }) => membersOf(entries, 'Message'),
  PutEvents: ({ Entries }) => membersOf(Entries, 'Detail'),
  InvokeApiDestination: ({ Body }) => Body,
};

const SENDS: ReadonlySet<string> = new Set(['SendMessage', 'SendMessageBatch']);
const DELETES: ReadonlySet<string> = new Set(['DeleteMessage', 'DeleteMessageBatch']);

export function isApiRequest(request: Json): request is JsonObject & ApiRequest {
  return isJsonObject(request) && typeof request['action'] === 'string' && isJsonObject(request['input'] ?? null);
}

export function isSend(action: string): boolean {
  return SENDS.has(action);
}

export function isDelete(action: string): boolean {
  return DELETES.has(action);
}

export function isFifo(arn: Address): boolean {
  return arn.endsWith('.fifo');
}

/** Somebody waits for what the function answers. */
export function isWaitedFor({ action, input }: ApiRequest): boolean {
  return action === 'Invoke' && (input['InvocationType'] ?? 'RequestResponse') === 'RequestResponse';
}

/** Code or a target of one's own answers, and not a service that is always there. */
export function canBeDown(request: ApiRequest): boolean {
  const { action } = request;
  return action === 'Invoke' ? isWaitedFor(request) : !isSend(action) && Object.hasOwn(HANDS_ON, action);
}

type Unplaced = Omit<HandOver, 'at'>;

/** What a service hands on; undefined where it does something else. @param source the queue that the service polls, if it does */
export function serviceHandOver(to: Address, request: ApiRequest, source: Address | undefined): Unplaced | undefined {
  const { action, input, caller } = request;
  if (!caller) return undefined;
  const from = source ?? caller.sourceArn;
  const of = { type: 'handOver', from, to, action, input, latestSeconds: DAY_SECONDS } as const;
  // What could not be deleted comes again after its VisibilityTimeout.
  if (isDelete(action)) return { ...of, kinds: ['redelivered'] };
  if (!Object.hasOwn(HANDS_ON, action)) return undefined;
  const kinds: DeliveryFaultKind[] = [];
  const isOrdered = isFifo(from) || isFifo(to) || (source === undefined && caller.service === 'pipes.amazonaws.com');
  if (!isOrdered) kinds.push('duplicate');
  if (!isOrdered && isSend(action)) kinds.push('outOfOrder');
  // What waits in a queue is late because of how it was sent.
  if (!isOrdered && source === undefined) kinds.push('late');
  if (source === undefined) kinds.push('redelivered');
  if (isWaitedFor(request)) kinds.push('died');
  if (canBeDown(request)) kinds.push('failing');
  return { ...of, kinds };
}

/** What the application itself hands on. @param by the function whose work it is part of, if it is */
export function ownHandOver(to: Address, { action, input }: ApiRequest, by: Address | undefined): Unplaced | undefined {
  const kinds: DeliveryFaultKind[] = [];
  if (isSend(action) && !isFifo(to)) kinds.push('outOfOrder', 'late');
  if (isDelete(action) && !isFifo(to)) kinds.push('redelivered');
  if (by !== undefined) kinds.push('died');
  if (kinds.length === 0) return undefined;
  return { type: 'handOver', from: by ?? 'outside', to, action, input, ...(by !== undefined && { by }), kinds, latestSeconds: LONGEST_DELAY_SECONDS };
}

/** Sends with a longer delay; of a batch, what comes first. @param queueSeconds the delay of the queue */
export function delayed(request: ApiRequest, delaySeconds: number, queueSeconds = 0): ApiRequest {
  const { input } = request;
  const delay = (message: Json): JsonObject => {
    const given = isJsonObject(message) ? message : {};
    const { DelaySeconds: seconds } = given;
    return { ...given, DelaySeconds: Math.min(LONGEST_DELAY_SECONDS, (typeof seconds === 'number' ? seconds : queueSeconds) + delaySeconds) };
  };
  const [first, ...rest] = listed(input['Entries']);
  return { ...request, input: first === undefined ? delay(input) : { ...input, Entries: [delay(first), ...rest] } };
}

/** The first half of what a function is given; undefined where there is nothing to halve. */
export function firstHalf(request: ApiRequest): ApiRequest | undefined {
  const { Payload: payload = null } = request.input;
  const records = listed(isJsonObject(payload) ? payload['Records'] : payload);
  if (records.length < 2) return undefined;
  const half = records.slice(0, records.length >> 1);
  return { ...request, input: { ...request.input, Payload: isJsonObject(payload) ? { ...payload, Records: half } : half } };
}

/** The same once more. A rule that is followed twice starts two executions: the name it gives them is of the delivery, not of the event. */
export function again(request: ApiRequest): ApiRequest {
  const { action, input, caller } = request;
  const { name } = input;
  if (action !== 'StartExecution' || caller?.service !== 'events.amazonaws.com' || typeof name !== 'string') return request;
  return { ...request, input: { ...input, name: name.replace(/_(.)/, (_, digit: string) => `_${digit === '0' ? '1' : '0'}`) } };
}

const EXCERPT = 60;

/** What is handed on, for a person. */
export function excerptOf({ action, input }: Pick<HandOver, 'action' | 'input'>): string {
  const content = Object.hasOwn(HANDS_ON, action) ? HANDS_ON[action]!(input) : undefined;
  const text = typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(content);
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}

/** `orders` of `arn:aws:sqs:us-east-1:123456789012:orders`: what a resource is called; a service by its own name. */
export function nameOf(arn: Address): string {
  const { service = arn, resource = arn } = parseArn(arn) ?? {};
  const name = resource.replace(/:\$LATEST$/, '').split(/[:/]/).at(-1)!;
  return name === '' || name === 'directory' ? service : name;
}

/** What a record of a batch brings. */
function bodyOf(record: Json): string {
  const { body, Sns = null } = isJsonObject(record) ? record : {};
  const content = body ?? (isJsonObject(Sns) ? Sns['Message'] : undefined) ?? record;
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function membersOf(entries: Json | undefined, name: string): string {
  return listed(entries).map((entry) => bodyOf({ body: isJsonObject(entry) ? (entry[name] ?? null) : entry })).join(', ');
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
