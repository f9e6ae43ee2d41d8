import { formatTimestamp, type Json, type JsonObject } from '@interstate/kernel';

export interface EnvelopeParts {
  readonly id: string;
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly region: string;
  readonly resources: Json;
  readonly detail: Json;
}

/** An event as rules see it and targets get it. */
export function envelope({ id, detailType, source, account, time, region, resources, detail }: EnvelopeParts): JsonObject {
  return { version: '0', id, 'detail-type': detailType, source, account, time: eventTime(time), region, resources, detail };
}

/** Whole seconds, as events have them. */
export function eventTime(time: number): string {
  return `${formatTimestamp(time).slice(0, -5)}Z`;
}

/** A replayed event is what it was, with the replay's name between region and resources. */
export function replayed(event: JsonObject, replay: string): JsonObject {
  const { resources = [], detail = {}, ...head } = event;
  return { ...head, 'replay-name': replay, resources, detail };
}
