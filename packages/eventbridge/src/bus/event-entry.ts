import { readEventText } from '@interstate/event-patterns';
import { isJsonObject, parseArn, type Caller, type Json, type JsonObject } from '@interstate/kernel';
import type { EventBridgeLimits } from '../limits.ts';

/** Why an entry of PutEvents fails. */
export interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** An entry that may become an event. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  /** The same for patterns, where it holds numbers that no double does. */
  readonly exact?: object;
  readonly resources: readonly string[];
  /** Milliseconds since 1970; absent: now. */
  readonly time?: number;
}

/** Reads an entry of PutEvents, or says why it fails. @param caller a service sends it, which may speak as `aws.…` */
export function readEntry(entry: JsonObject, caller: Caller | undefined, { detailTypeLength, detailDepth }: EventBridgeLimits): EventEntry | EntryFault {
  const { Source: source, DetailType: detailType, Detail: detailText, Resources: resources, Time: given } = entry;
  if (!isGiven(source)) return missing('Source');
  if (!isGiven(detailType)) return missing('DetailType');
  if (!isGiven(detailText)) return missing('Detail');
  if (detailType.length > detailTypeLength) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter DetailType is not valid. Reason: DetailType must not be longer than ${detailTypeLength} characters.` };
  if (caller === undefined && source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const time = given === undefined || given === null ? undefined : timeOf(given);
  if (time !== undefined && Number.isNaN(time)) return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Time is not valid.' };
  const detail = parseDetail(detailText, detailDepth);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const exact = LONG_NUMBER.test(detailText) ? readEventText(detailText) : undefined;
  return { source, detailType, detail, ...(exact && { exact }), resources: (resources ?? []) as readonly string[], ...(time !== undefined && { time }) };
}

/** More digits than a double holds for certain. */
const LONG_NUMBER = /\d[\d.]{15}/;

function isGiven(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function missing(name: string): EntryFault {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
}

/** A time in milliseconds or as ISO 8601 text; NaN for what is none. */
function timeOf(given: Json): number {
  const time = typeof given === 'string' ? Date.parse(given) : typeof given === 'number' ? given : NaN;
  return Math.abs(time) <= MAX_TIME ? time : NaN;
}

const MAX_TIME = 253_402_300_799_999;

function parseDetail(text: string, maxDepth: number): JsonObject | undefined {
  if (text.length > 2 * maxDepth && depthOf(text) > maxDepth) return undefined;
  try {
    const detail = JSON.parse(text) as Json;
    return isJsonObject(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

/** How deep a JSON text nests. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return deepest;
}

/** True where entries are bigger together than a call may be. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
export function areTooBig(entries: readonly JsonObject[], limit: number): boolean {
  let bound = 0;
  for (let index = 0; index < entries.length; index++) bound += sizeOf(entries[index]!, longestUtf8);
  return bound > limit && entries.reduce((bytes, entry) => bytes + sizeOf(entry, utf8Bytes), 0) > limit;
}

function sizeOf({ Time: time, Source: source, DetailType: detailType, Detail: detail, Resources: resources }: JsonObject, measure: (text: string) => number): number {
  let bytes = time === undefined || time === null ? 0 : 14;
  if (typeof source === 'string') bytes += measure(source);
  if (typeof detailType === 'string') bytes += measure(detailType);
  if (typeof detail === 'string') bytes += measure(detail);
  if (Array.isArray(resources)) for (const resource of resources as readonly Json[]) if (typeof resource === 'string') bytes += measure(resource);
  return bytes;
}

const longestUtf8 = (text: string): number => text.length * 3;

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    // Both halves of a pair are counted already.
    else if (unit >= 0xd800 && unit <= 0xdbff) bytes += 1;
    else if (unit >= 0xdc00 && unit <= 0xdfff) bytes += 1;
    else bytes += 2;
  }
  return bytes;
}

/** The region an event of another bus came from. */
export function regionOf(arn: string): string | undefined {
  return parseArn(arn)?.region;
}
