import type { ApiRequest, Json, JsonObject, Outcome } from '@interstate/kernel';
import { areTooBig } from '../../bus/event-entry.ts';
import { invalid } from '../../errors.ts';
import { busAddress } from '../../names.ts';
import { UNKNOWN_BUS_ACTIONS } from '../../unknown-bus.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { askAll, type Finish } from '../gather.ts';

/** Entries for several buses go to each; those for buses that are not there come here one bus at a time. */
export function putEvents(context: DirectoryContext, input: JsonObject, request: ApiRequest): Json | undefined {
  const { options } = context;
  const entries = input['Entries'] as readonly JsonObject[];
  const buses = new Map<string, number[]>();
  entries.forEach(({ EventBusName: named }, index) => {
    const bus = busAddress(options.place, named);
    const places = buses.get(bus);
    if (places) places.push(index);
    else buses.set(bus, [index]);
  });
  if (buses.size === 1) return UNKNOWN_BUS_ACTIONS.PutEvents(context, input, request);
  if (areTooBig(entries, options.limits.putEventsBytes)) throw invalid('Total size of the entries in the request is over the limit.');
  const calls = [...buses].map(([to, places]) => ({ to, request: { ...request, input: { Entries: places.map((place) => entries[place]!) } } as unknown as Json }));
  return askAll(context, calls, { type: 'putEvents', places: [...buses.values()] });
}

/** Puts the results back in the order of the entries. */
export const finishPutEvents: Finish = (answers, what): Outcome => {
  const places = what['places'] as readonly (readonly number[])[];
  const results: JsonObject[] = [];
  answers.forEach((answer, group) => {
    const entries = answer.ok ? ((answer.value as JsonObject)['Entries'] as readonly JsonObject[]) : undefined;
    places[group]!.forEach((place, index) => {
      results[place] = entries?.[index] ?? { ErrorCode: (!answer.ok && answer.error.Error) || 'InternalFailure', ErrorMessage: (!answer.ok && answer.error.Cause) || '' };
    });
  });
  return { ok: true, value: { Entries: results, FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length } };
};
