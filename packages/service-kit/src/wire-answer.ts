import { bytesFromBase64, formatTimestamp, isJsonObject, textFromUtf8, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import type { RestAnswer, ServiceModel } from './service-model.ts';

/** An HTTP answer as the service's own protocol spells it. */
export interface WireAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const NONE: ReadonlySet<string> = new Set();

/** What goes over the wire for an outcome. @param requestId of the answer */
export function wireAnswer(model: ServiceModel, action: string, outcome: Outcome, requestId: string): WireAnswer {
  if (model.protocol === 'query') return queryAnswer(model, action, outcome, requestId);
  const contentType = model.protocol === 'json' ? 'application/x-amz-json-1.0' : 'application/json';
  const headers = { 'content-type': contentType, 'x-amzn-requestid': requestId };
  const rest = model.rest?.[action];
  if (outcome.ok && rest) return restAnswer(rest, outcome.value as JsonObject, headers);
  if (outcome.ok) return { statusCode: 200, headers, body: JSON.stringify(wireValue(outcome.value, model)) };
  const { code, message, status, queryCode, fault } = failureOf(model, outcome);
  const body = JSON.stringify({ __type: code, message, Message: message });
  return { statusCode: status, headers: { ...headers, 'x-amzn-errortype': code, ...(queryCode !== undefined && { 'x-amzn-query-error': `${queryCode};${fault}` }) }, body };
}

function restAnswer({ body, status, headers: names }: RestAnswer, value: JsonObject, common: Readonly<Record<string, string>>): WireAnswer {
  const headers: Record<string, string> = { ...common };
  for (const [member, name] of Object.entries(names)) if (value[member] !== undefined) headers[name] = String(value[member]);
  return { statusCode: status === undefined ? 200 : (value[status] as number), headers, body: textFromUtf8(bytesFromBase64((value[body] ?? '') as string) ?? []) };
}

function failureOf({ errors }: ServiceModel, { error }: Outcome & { ok: false }): { code: string; message: string; status: number; queryCode: string | undefined; fault: 'Sender' | 'Receiver' } {
  const code = error.Error ?? 'InternalFailure';
  const row = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const status = row?.status ?? 500;
  return { code, message: error.Cause ?? '', status, queryCode: row?.queryCode, fault: status < 500 ? 'Sender' : 'Receiver' };
}

/** Times as the wire has them (seconds since 1970, with milliseconds behind the point, or ISO 8601), names likewise. */
function wireValue(value: Json, { times = NONE, timeFormat, wireNames = {} }: ServiceModel): Json {
  if (times.size === 0) return value;
  const convert = (part: Json, name: string): Json => {
    if (typeof part === 'number') return !times.has(name) ? part : timeFormat === 'iso' ? formatTimestamp(part) : part / 1000;
    if (Array.isArray(part)) return part.map((item: Json) => convert(item, name));
    return isJsonObject(part) ? Object.fromEntries(Object.entries(part).map(([key, member]) => [Object.hasOwn(wireNames, key) ? wireNames[key]! : key, convert(member, key)])) : part;
  };
  return convert(value, '');
}

function queryAnswer(model: ServiceModel, action: string, outcome: Outcome, requestId: string): WireAnswer {
  const { xmlNamespace = '' } = model;
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  if (outcome.ok) {
    const result = isJsonObject(outcome.value) ? membersXml(outcome.value, model) : '';
    const body = `<${action}Response xmlns="${xmlNamespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
    return { statusCode: 200, headers, body: indented(body) };
  }
  const { code, message, status, queryCode = code, fault } = failureOf(model, outcome);
  const error = `<Error><Type>${fault}</Type><Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return { statusCode: status, headers, body: `<ErrorResponse xmlns="${xmlNamespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>` };
}

/** XML as the service lays it out, a tag a line: its length is told. */
function indented(xml: string): string {
  let lines = '';
  let depth = 0;
  let wasOpened = false;
  for (const [tag] of xml.matchAll(/<[^>]*>[^<]*/g)) {
    const closes = tag.startsWith('</');
    if (closes) depth--;
    lines += (closes && wasOpened) || lines === '' ? tag : `\n${'  '.repeat(depth)}${tag}`;
    if (!closes) depth++;
    wasOpened = !closes;
  }
  return `${lines}\n`;
}

function membersXml(value: JsonObject, model: ServiceModel): string {
  return Object.entries(value).map(([name, member]) => `<${name}>${valueXml(name, member, model)}</${name}>`).join('');
}

function valueXml(name: string, value: Json, model: ServiceModel): string {
  if (Array.isArray(value)) return value.map((item: Json) => `<member>${valueXml('member', item, model)}</member>`).join('');
  if (typeof value === 'number' && model.times?.has(name)) return formatTimestamp(value);
  if (!isJsonObject(value)) return escapeXml(String(value ?? ''));
  if (!model.maps?.has(name)) return membersXml(value, model);
  return Object.entries(value).map(([key, member]) => `<entry><key>${escapeXml(key)}</key><value>${valueXml('value', member, model)}</value></entry>`).join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (char) => ESCAPES[char]!);
}
