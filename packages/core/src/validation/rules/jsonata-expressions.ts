import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { analyseJsonata, type JsonataFacts } from '../../jsonata/analyse.ts';
import type { Report } from '../diagnostic.ts';
import { objectsOf, type StateView } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';

/** Members of `$states` that exist in some places only. */
type Extra = 'result' | 'errorOutput' | undefined;
const EXTRAS = ['result', 'errorOutput'] as const;

type Analyse = (text: string) => JsonataFacts;

const PLAIN_FIELDS = ['Arguments', 'Seconds', 'Timestamp', 'TimeoutSeconds', 'HeartbeatSeconds', 'Credentials', 'Error', 'Cause'];
const MAP_FIELDS = ['Items', 'ItemSelector', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'];
/** Fields that may be given as an expression in place of a value of some type, but not as other text. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['Seconds', 'Integer'],
  ['TimeoutSeconds', 'Integer'],
  ['HeartbeatSeconds', 'Integer'],
  ['MaxConcurrency', 'Integer'],
  ['ToleratedFailureCount', 'Integer'],
  ['ToleratedFailurePercentage', 'Number'],
  ['MaxItems', 'Integer'],
  ['MaxItemsPerBatch', 'Integer'],
  ['MaxInputBytesPerBatch', 'Integer'],
  ['Condition', '[BOOLEAN]'],
  ['Items', '[ARRAY]'],
]);
const HAS_RESULT = new Set(['Task', 'Parallel', 'Map']);

/** In JSONata states, `{% … %}` holds an expression that parses and refers to nothing that is not there. */
export const jsonataExpressions: Rule = (machine, report) => {
  // Parsing takes most of the time of validation, and machines repeat themselves.
  const known = new Map<string, JsonataFacts>();
  const analyse: Analyse = (text) => {
    const facts = known.get(text) ?? analyseJsonata(text);
    known.set(text, facts);
    return facts;
  };
  for (const state of machine.states) {
    if (state.refused || state.type === undefined || state.language === 'JSONPath') continue;
    eachTemplate(state, (template, place, extra) => {
      const type = TYPES.get(place.key as string);
      if (type && typeof template === 'string' && !template.startsWith('{%') && !isSubstituted(template)) {
        report('SCHEMA_VALIDATION_FAILED', `Expected value of type ${type}`, place);
      } else check(template, place, extra, analyse, report);
    });
  }
};

function eachTemplate({ raw, place, type }: StateView, use: (template: Json, place: Place, extra: Extra) => void): void {
  const field = (object: JsonObject, name: string, where: Place, extra?: Extra): void => {
    const value = object[name];
    if (value !== undefined) use(value, at(where, name), extra);
  };
  const output = (object: JsonObject, where: Place, extra?: Extra): void => {
    field(object, 'Output', where, extra);
    field(object, 'Assign', where, extra);
  };
  for (const name of PLAIN_FIELDS) field(raw, name, place);
  if (type === 'Map') mapTemplates(raw, place, field);
  for (const [rule, where] of objectsOf(raw['Choices'], at(place, 'Choices'))) {
    field(rule, 'Condition', where);
    output(rule, where);
  }
  output(raw, place, HAS_RESULT.has(type!) ? 'result' : undefined);
  for (const [catcher, where] of objectsOf(raw['Catch'], at(place, 'Catch'))) output(catcher, where, 'errorOutput');
}

function mapTemplates(raw: JsonObject, place: Place, field: (object: JsonObject, name: string, where: Place) => void): void {
  for (const name of MAP_FIELDS) field(raw, name, place);
  const { ItemReader: reader, ItemBatcher: batcher, ResultWriter: writer } = raw;
  if (isJsonObject(reader)) {
    field(reader, 'Arguments', at(place, 'ItemReader'));
    if (isJsonObject(reader['ReaderConfig'])) field(reader['ReaderConfig'], 'MaxItems', at(at(place, 'ItemReader'), 'ReaderConfig'));
  }
  if (isJsonObject(batcher)) for (const name of Object.keys(batcher)) field(batcher, name, at(place, 'ItemBatcher'));
  if (isJsonObject(writer)) field(writer, 'Arguments', at(place, 'ResultWriter'));
}

function check(template: Json, place: Place, extra: Extra, analyse: Analyse, report: Report): void {
  if (typeof template === 'string') checkText(template, place, extra, analyse, report);
  else if (Array.isArray(template)) {
    (template as readonly Json[]).forEach((item, index) => check(item, at(place, index), extra, analyse, report));
  } else if (isJsonObject(template)) {
    for (const key of Object.keys(template)) check(template[key]!, at(place, key), extra, analyse, report);
  }
}

function checkText(text: string, place: Place, extra: Extra, analyse: Analyse, report: Report): void {
  if (!(text.length >= 4 && text.startsWith('{%') && text.endsWith('%}'))) {
    if (text.startsWith('{%') && !isSubstituted(text)) {
      report('SCHEMA_VALIDATION_FAILED', 'JSONata string must start with {% and end with %}', place);
    }
    return;
  }
  const facts = analyse(text.slice(2, -2).trim());
  if (facts.syntaxError) {
    // With its substitutions filled in it may well parse.
    if (!isSubstituted(text)) report('INVALID_JSONATA_EXPRESSION', facts.syntaxError.message, place);
    return;
  }
  for (const name of new Set(facts.topLevelNames.map((reference) => reference.name))) {
    const message = `Reference to '${name}' at the top level is not supported.`;
    report('UNSUPPORTED_JSONATA_EXPRESSION', message, place, `Did you mean '$states.input.${name}'?`);
  }
  if (facts.roots.length > 0) report('UNSUPPORTED_JSONATA_EXPRESSION', "Reference to '$$' is not supported.", place);
  for (const member of EXTRAS) {
    if (member !== extra && facts.statesMembers.some(({ name }) => name === member)) {
      report('UNSUPPORTED_JSONATA_EXPRESSION', `Field '$states.${member}' does not exist.`, place);
    }
  }
}
