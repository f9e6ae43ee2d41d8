import { isJsonObject, type JsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { STATE_FIELDS } from '../state-fields.ts';

/** A value is given as such or by a path, never both. */
const OR_PATH = ['TimeoutSeconds', 'HeartbeatSeconds', 'MaxConcurrency', 'ToleratedFailurePercentage', 'ToleratedFailureCount', 'Error', 'Cause'];
const WAIT_JSONPATH = ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'];
const WAIT_JSONATA = ['Seconds', 'Timestamp'];

/** Fields of which there must be one, or at most one. */
export const exclusiveFields: Rule = (machine, report) => {
  for (const { raw, place, type, language, refused } of machine.states) {
    if (refused || type === undefined) continue;
    if (STATE_FIELDS[type].has('Next')) nextOrEnd(raw, place, report);
    if (type === 'Wait') exactlyOne(raw, place, language === 'JSONPath' ? WAIT_JSONPATH : WAIT_JSONATA, report);
    if (type === 'Map') exactlyOne(raw, place, ['ItemProcessor', 'Iterator'], report);
    // A path in a JSONata state is refused for being one.
    if (language === 'JSONata') continue;
    orPath(raw, place, OR_PATH, report);
    if (type !== 'Map') continue;
    atMostOne(raw, place, ['ItemSelector', 'Parameters'], report);
    const { ItemBatcher: batcher, ItemReader: reader } = raw;
    if (isJsonObject(batcher)) orPath(batcher, at(place, 'ItemBatcher'), ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'], report);
    if (isJsonObject(reader) && isJsonObject(reader['ReaderConfig'])) {
      orPath(reader['ReaderConfig'], at(at(place, 'ItemReader'), 'ReaderConfig'), ['MaxItems'], report);
    }
  }
};

function nextOrEnd(raw: JsonObject, place: Place, report: Report): void {
  if (raw['Next'] === undefined && raw['End'] !== true && typeof raw['End'] !== 'string') reportNone(['Next', 'End'], place, report);
  else if (raw['Next'] !== undefined && raw['End'] === true) reportSeveral(['Next', 'End'], place, report);
}

function orPath(raw: JsonObject, place: Place, fields: readonly string[], report: Report): void {
  for (const field of fields) atMostOne(raw, place, [field, `${field}Path`], report);
}

function exactlyOne(raw: JsonObject, place: Place, fields: readonly string[], report: Report): void {
  if (!fields.some((field) => Object.hasOwn(raw, field))) reportNone(fields, place, report);
  else atMostOne(raw, place, fields, report);
}

function atMostOne(raw: JsonObject, place: Place, fields: readonly string[], report: Report): void {
  let given = 0;
  for (const field of fields) if (Object.hasOwn(raw, field)) given += 1;
  if (given > 1) reportSeveral(fields, place, report);
}

export function reportNone(fields: readonly string[], place: Place, report: Report): void {
  report('SCHEMA_VALIDATION_FAILED', `This object should have only one of the following fields: [${fields.join(', ')}]`, place);
}

export function reportSeveral(fields: readonly string[], place: Place, report: Report): void {
  report('SCHEMA_VALIDATION_FAILED', `There should only be one of the following fields: [${fields.join(', ')}]`, place);
}
