import { isJsonObject, type JsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';
import { reportUnsupported } from './supported-fields.ts';

const READERS = /^arn:[^:]+:states:[^:]*:[^:]*:s3:(getObject|listObjectsV2)$/;
const WRITERS = /^arn:[^:]+:states:[^:]*:[^:]*:s3:putObject$/;

/** What a distributed Map reads and writes: from where, and what the form of the data asks for. */
export const itemReaders: Rule = (machine, report) => {
  for (const { raw, place, type, language, refused } of machine.states) {
    if (type !== 'Map' || refused) continue;
    const { ItemReader: reader, ResultWriter: writer } = raw;
    if (isJsonObject(reader)) {
      const where = at(place, 'ItemReader');
      checkResource(reader, READERS, where, report);
      if (isJsonObject(reader['ReaderConfig'])) checkConfig(reader['ReaderConfig'], at(where, 'ReaderConfig'), report);
    }
    if (isJsonObject(writer)) {
      const where = at(place, 'ResultWriter');
      const parameters = language === 'JSONPath' ? 'Parameters' : 'Arguments';
      checkResource(writer, WRITERS, where, report);
      if (Object.hasOwn(writer, 'Resource') && !Object.hasOwn(writer, parameters)) {
        report('SCHEMA_VALIDATION_FAILED', `These fields are required: [${parameters}]`, where);
      }
    }
  }
};

function checkResource(owner: JsonObject, allowed: RegExp, place: Place, report: Report): void {
  const resource = owner['Resource'];
  if (typeof resource !== 'string' || isSubstituted(resource) || allowed.test(resource)) return;
  report('SCHEMA_VALIDATION_FAILED', "The field 'Resource' does not match any of the allowed values", at(place, 'Resource'));
}

function checkConfig(config: JsonObject, place: Place, report: Report): void {
  const { InputType: inputType, CSVHeaderLocation: location } = config;
  if (inputType === 'CSV' && location === undefined) {
    report('SCHEMA_VALIDATION_FAILED', "The field 'CSVHeaderLocation' is required", place);
  }
  if (inputType === 'JSON' && location !== undefined) reportUnsupported('CSVHeaderLocation', place, report);
  if (location === 'GIVEN' && !Object.hasOwn(config, 'CSVHeaders')) {
    report('SCHEMA_VALIDATION_FAILED', 'These fields are required: [CSVHeaders]', place);
  }
}
