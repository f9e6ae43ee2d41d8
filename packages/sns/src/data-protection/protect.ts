import { formatTimestamp, nextRandom, type Json } from '@interstate/kernel';
import { putLogEvent } from '../delivery/log.ts';
import { snsFault } from '../errors.ts';
import type { MessageContent } from '../message.ts';
import type { TopicContext } from '../topic-state.ts';
import type { Span } from './linear-regex.ts';
import type { ProtectionOperation, ProtectionStatement } from './policy.ts';

/** A message as it is taken in. @throws ServiceFault where the policy denies it */
export function protectInbound(context: TopicContext, content: MessageContent, id: string): MessageContent {
  return protect(context, content, id, 'Inbound') ?? denied(context);
}

/** A message as it goes out; undefined where the policy denies it. */
export function protectOutbound(context: TopicContext, content: MessageContent, id: string): MessageContent | undefined {
  return protect(context, content, id, 'Outbound');
}

function denied({ arn }: TopicContext): never {
  throw snsFault('AuthorizationErrorException', { reason: `The message was refused by the data protection policy of ${arn}` });
}

function protect(context: TopicContext, content: MessageContent, id: string, direction: 'Inbound' | 'Outbound'): MessageContent | undefined {
  let left = content;
  for (const statement of context.state.protection) {
    if (statement.direction !== direction) continue;
    const found = statement.detectors.map(({ name, detect }) => ({ name, byText: textsOf(left).map(detect) })).filter(({ byText }) => byText.some((spans) => spans.length > 0));
    if (found.length === 0) continue;
    const { operation } = statement;
    if (operation.type === 'deny') return undefined;
    if (operation.type === 'audit') audit(context, operation, id, found.map(({ name, byText }) => ({ name, spans: byText.flat() })));
    else left = rewrite(left, statement, operation);
  }
  return left;
}

function textsOf({ text, byProtocol }: MessageContent): readonly string[] {
  return byProtocol === undefined ? [text] : Object.values(byProtocol);
}

function rewrite(content: MessageContent, { detectors }: ProtectionStatement, operation: ProtectionOperation): MessageContent {
  const one = (text: string): string => {
    const spans = merged(detectors.flatMap(({ detect }) => detect(text)));
    let written = '';
    let at = 0;
    for (const { start, end } of spans) {
      written += text.slice(at, start) + (operation.type === 'mask' ? operation.character.repeat(end - start) : '');
      at = end;
    }
    return written + text.slice(at);
  };
  const { text, byProtocol } = content;
  // Made from entries: a protocol may have any name.
  return { ...content, text: one(text), ...(byProtocol && { byProtocol: Object.fromEntries(Object.entries(byProtocol).map(([protocol, each]) => [protocol, one(each)])) }) };
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all[all.length - 1];
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

function audit(context: TopicContext, { samplePercent, logGroup, deliveryStream }: ProtectionOperation & { readonly type: 'audit' }, messageId: string, findings: readonly { readonly name: string; readonly spans: readonly Span[] }[]): void {
  const { state, now, arn, options } = context;
  if (nextRandom(state.root.random) * 100 >= samplePercent) return;
  const record = {
    messageId,
    auditTimestamp: formatTimestamp(now),
    callerPrincipal: `arn:aws:iam::${options.account}:root`,
    resourceArn: arn,
    dataIdentifiers: findings.map(({ name, spans }) => ({ name, count: spans.length, detections: spans.map(({ start, end }) => ({ start, end })) })),
  };
  if (logGroup !== undefined) putLogEvent(context, logGroup, messageId, record);
  if (deliveryStream === undefined) return;
  const input: Json = { DeliveryStreamName: deliveryStream, Record: { Data: `${JSON.stringify(record)}\n` } };
  context.tell(`arn:aws:firehose:${options.region}:${options.account}:deliverystream/${deliveryStream}`, { action: 'PutRecord', input, caller: context.caller });
}
