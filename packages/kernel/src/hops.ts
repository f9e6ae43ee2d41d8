import type { ApiRequest } from './api-request.ts';
import type { Json } from './json.ts';

/** Lambda runs nothing that more events in a row have brought about. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
export const MAX_HOPS = 16;

/** An execution that an event has started: two UUIDs, in whose last two digits stands how many events in a row there were. */
const STARTED = /:[0-9a-f-]{36}_[0-9a-f-]{34}([0-9a-f]{2})$/;
const SUFFIX = 37;

/** How many events in a row brought an execution about, as its ARN tells. */
export function hopsOfExecution(arn: string): number {
  return arn[arn.length - SUFFIX] === '_' ? Number.parseInt(STARTED.exec(arn)?.[1] ?? '0', 16) : 0;
}

/** What follows `_` in the name of such an execution. @param uuid of which all but the last two digits are kept */
export function executionSuffix(uuid: string, hops: number): string {
  return uuid.slice(0, -2) + Math.min(hops, 255).toString(16).padStart(2, '0');
}

/** How many events in a row brought a request about: an `ApiRequest` says so, a `TaskRequest` by the name of its execution. */
export function hopsOf(request: Json | undefined): number {
  const { hops, executionArn } = (request ?? {}) as { readonly hops?: number; readonly executionArn?: string };
  return hops ?? (executionArn === undefined ? 0 : hopsOfExecution(executionArn));
}

/** The same for a message that a request sends. What code sends when an event has reached it is one more; services have counted it. 0: none. */
export function hopsOfMessage({ hops = 0, caller }: ApiRequest): number {
  return hops === 0 || caller ? hops : hops + 1;
}

const LINEAGE = /(?:^|;)Lineage=(?:\d+:)?[0-9a-f]+:(\d{1,4})(?:;|$)/;

/** How many events in a row brought a message about, as its trace header tells. */
export function lineageOf(traceHeader: string | undefined): number {
  return traceHeader === undefined ? 0 : Number(LINEAGE.exec(traceHeader)?.[1] ?? 0);
}

/** The trace header of a message that events brought about: the one it has, or one made of its id, with what they are. @param messageId a UUID */
export function withLineage(traceHeader: string | undefined, messageId: string, hops: number): string {
  const digits = messageId.replaceAll('-', '');
  const header = traceHeader ?? `Root=1-${digits.slice(0, 8)}-${digits.slice(8)};Parent=${digits.slice(16)};Sampled=0`;
  const others = header.split(';').filter((part) => part !== '' && !part.startsWith('Lineage='));
  return [...others, `Lineage=1:${digits.slice(0, 8)}:${hops}`].join(';');
}
