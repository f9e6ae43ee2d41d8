import type { Failure, Json, JsonObject, Outcome, ReplyTo } from '@interstate/kernel';
import { endpointOf, notify } from './actions/platform.ts';
import { isOptedOut, isSenderId, isVerified, phoneNumber, smsAttributes } from './actions/sms.ts';
import { failureOf } from './delivery/failure.ts';
import { PERSON_PHASES, waitBeforeRetry } from './delivery/phases.ts';
import type { DirectoryContext } from './directory-state.ts';
import { invalid, snsFault } from './errors.ts';
import type { MessageAttributes, MessageContent } from './message.ts';
import { OUTBOX_ADDRESS, type Push, type Sms } from './outbox.ts';

/** A message on its way to a person that was published to a phone number or an endpoint itself, or by a topic that waits for the outcome. */
interface Sending {
  readonly message: Sms | Push;
  /** ARN or number it was published to. */
  readonly by: string;
  readonly attempts: number;
  readonly at?: number;
  readonly replyTo?: ReplyTo;
}

/** Hands a message to the outbox. @param waits somebody waits for the outcome; otherwise it is tried again here */
export function send(context: DirectoryContext, message: Sms | Push, by: string, replyTo?: ReplyTo): void {
  const id = String(context.number()).padStart(12, '0');
  callOutbox(context, id, { message, by, attempts: 0, ...(replyTo && { replyTo }) });
}

function callOutbox({ state, effects }: DirectoryContext, id: string, sending: Sending): void {
  state.records.set(`send:${id}`, sending as unknown as Json);
  effects.push({ type: 'call', to: OUTBOX_ADDRESS, callId: `send:${id}`, request: sending.message as unknown as Json });
}

/** What the outbox says. */
export function sent(context: DirectoryContext, callId: string, outcome: Outcome): void {
  const { state, now } = context;
  const sending = state.records.get(callId) as unknown as Sending | undefined;
  if (!sending) return;
  const { message, replyTo } = sending;
  const attempts = sending.attempts + 1;
  const failure = failureOf(message.type === 'sms' ? 'sms' : 'application', outcome);
  if (failure?.code === 'EndpointDisabled' && message.type === 'push') disable(context, message);
  const wait = failure?.retryable && !replyTo ? waitBeforeRetry(PERSON_PHASES, attempts) : undefined;
  if (replyTo) context.effects.push({ type: 'reply', to: replyTo, outcome });
  else enter(context, sending, attempts, wait !== undefined ? 'retrying' : failure ? 'failed' : 'delivered', failure);
  if (wait === undefined) {
    state.records.delete(callId);
    if (failure && message.type === 'push') notify(context, message.applicationArn, 'EventDeliveryFailure', { Resource: message.endpointArn, Action: 'DeliveryFailure', FailureType: failure.code, MessageId: message.id });
    return;
  }
  state.records.set(callId, { ...sending, attempts, at: now + wait } as unknown as Json);
  state.retries.set(callId, now + wait);
}

export function sendDue(context: DirectoryContext, key: string): void {
  const sending = context.state.records.get(key) as unknown as Sending | undefined;
  if (!sending) return;
  const { at: _due, ...underWay } = sending;
  callOutbox(context, key.slice(5), underWay);
}

function enter(context: DirectoryContext, { message, by }: Pick<Sending, 'message' | 'by'>, attempt: number, status: 'delivered' | 'retrying' | 'failed', failure?: { readonly code: string; readonly message: string }): void {
  context.journal.push({ type: 'delivery', time: context.now, by, to: message.to, messageId: message.id, attempt, status, ...(failure && { error: failure.code, reason: failure.message }) });
}

/** The platform knows the device no more. */
function disable({ state }: DirectoryContext, { endpointArn }: Push): void {
  const endpoint = state.records.get(`endpoint:${endpointArn}`) as JsonObject | undefined;
  if (endpoint) state.records.set(`endpoint:${endpointArn}`, { ...endpoint, attributes: { ...(endpoint['attributes'] as JsonObject), Enabled: 'false' } });
}

/** Why a text message is not sent at all: the person, the sandbox or the budget is against it. */
export function smsFailure(context: DirectoryContext, sms: Sms, attributes: MessageAttributes | undefined): Failure | undefined {
  const { options, state, now } = context;
  const refuse = (Cause: string): Failure => ({ Error: 'PermanentFailure', Cause });
  if (isOptedOut(context, sms.to)) return refuse('Phone number is opted out');
  if (options.sms.sandbox && !isVerified(context, sms.to)) return refuse('Destination phone number is not verified in the SMS sandbox');
  const price = (options.sms.pricePerPart ?? 0.00645) * smsParts(sms.text);
  const maxPrice = Number(attributes?.['AWS.SNS.SMS.MaxPrice']?.StringValue ?? Infinity);
  if (price > maxPrice) return refuse('Exceeded max price');
  const month = new Date(now).toISOString().slice(0, 7);
  const spend = state.records.get('spend') as { readonly month: string; readonly usd: number } | undefined;
  const spent = spend?.month === month ? spend.usd : 0;
  if (spent + price > Number(smsAttributes(context)['MonthlySpendLimit'] ?? 1)) return refuse('No quota left for account');
  state.records.set('spend', { month, usd: spent + price });
  return undefined;
}

/** 160 characters of GSM 03.38, 70 of any other text; 153 and 67 where there are several parts. */
export function smsParts(text: string): number {
  const [one, many] = /^[\n\r -_a-zA-Z~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡^{}[\]\\|€]*$/.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / many);
}

/** A text message as it goes out. @throws ServiceFault */
export function smsOf(context: DirectoryContext, to: string, { text, attributes = {} }: Pick<MessageContent, 'text' | 'attributes'>, id: string): Sms {
  const account = smsAttributes(context);
  const own = (name: string): string | undefined => (Object.hasOwn(attributes, name) ? attributes[name]!.StringValue : undefined);
  const senderId = own('AWS.SNS.SMS.SenderID') ?? account['DefaultSenderID'];
  const smsType = own('AWS.SNS.SMS.SMSType') ?? account['DefaultSMSType'] ?? 'Promotional';
  const originationNumber = own('AWS.MM.SMS.OriginationNumber') ?? own('AWS.SNS.SMS.OriginationNumber');
  if (senderId !== undefined && !isSenderId(senderId)) throw invalid(`MessageAttributes Reason: The sender ID ${senderId} is not valid`);
  if (smsType !== 'Promotional' && smsType !== 'Transactional') throw invalid(`MessageAttributes Reason: The SMS type ${smsType} is not valid`);
  return { type: 'sms', id, time: context.now, to: phoneNumber(to)!, text, smsType, ...(senderId !== undefined && { senderId }), ...(originationNumber !== undefined && { originationNumber }) };
}

/** A text message that was published to a phone number: it is accepted, whatever becomes of it. */
export function sendSms(context: DirectoryContext, sms: Sms, attributes: MessageAttributes | undefined): void {
  const failure = smsFailure(context, sms, attributes);
  if (failure) return enter(context, { message: sms, by: sms.to }, 0, 'failed', { code: failure.Error!, message: failure.Cause! });
  send(context, sms, sms.to);
}

/** A notification as it goes out. @throws ServiceFault where the endpoint takes none */
export function pushOf(context: DirectoryContext, endpointArn: string, { text, byProtocol, subject, attributes = {} }: MessageContent, id: string): Push {
  const endpoint = endpointOf(context, endpointArn);
  if (!endpoint) throw invalid('TargetArn Reason: No endpoint found for the target arn specified');
  const application = context.state.records.get(`app:${endpoint.applicationArn}`) as JsonObject;
  if (/^false$/i.test((application['Enabled'] as string | undefined) ?? '')) throw snsFault('PlatformApplicationDisabledException');
  if (!/^true$/i.test(endpoint.attributes['Enabled']!)) throw snsFault('EndpointDisabledException');
  const platform = endpointArn.split('/')[1]!;
  const own = byProtocol === undefined ? text : Object.hasOwn(byProtocol, platform) ? byProtocol[platform] : byProtocol['default'];
  if (own === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  const ttl = attributes[`AWS.SNS.MOBILE.${platform}.TTL`]?.StringValue;
  return {
    type: 'push',
    id,
    time: context.now,
    platform,
    to: endpoint.token,
    endpointArn,
    applicationArn: endpoint.applicationArn,
    text: own,
    ...(subject !== undefined && { subject }),
    ...(ttl !== undefined && /^\d{1,9}$/.test(ttl) && { ttlSeconds: Number(ttl) }),
  };
}
