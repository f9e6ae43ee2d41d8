import type { ApiRequest, Json, JsonObject } from '@interstate/kernel';
import { invalid } from '../../errors.ts';
import { EVENTS_SERVICE, type BusContext } from '../bus-context.ts';
import { deliverEvent } from '../deliver.ts';
import { envelope } from '../envelope.ts';
import { checkMayPut } from '../may-put.ts';
import { areTooBig, readEntry, regionOf } from '../event-entry.ts';

/** Takes events and follows the rules they match. The answer does not wait for targets. */
export function putEvents(context: BusContext, input: JsonObject, { caller, hops }: ApiRequest): Json {
  const { limits, place } = context.options;
  const entries = input['Entries'] as readonly JsonObject[];
  if (areTooBig(entries, limits.putEventsBytes)) throw invalid('Total size of the entries in the request is over the limit.');
  checkMayPut(context, caller, entries);
  // An event of another bus keeps the account and region it comes from.
  const forwarded = caller?.service === EVENTS_SERVICE;
  const account = caller?.account ?? place.account;
  const region = (forwarded && regionOf(caller.sourceArn)) || place.region;
  let failed = 0;
  const results: Json[] = [];
  for (let index = 0; index < entries.length; index++) {
    const entry = readEntry(entries[index]!, caller, limits);
    if ('ErrorCode' in entry) {
      failed++;
      results.push(entry as unknown as JsonObject);
      continue;
    }
    const { source, detailType, detail, exact, resources, time = context.now } = entry;
    const id = context.uuid();
    results.push({ EventId: id });
    deliverEvent(context, envelope({ id, detailType, source, account, time, region, resources, detail }), { forwarded, hops: hops ?? 0, ...(exact && { exact }) });
  }
  return { Entries: results, FailedEntryCount: failed };
}
