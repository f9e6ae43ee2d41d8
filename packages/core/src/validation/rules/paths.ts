import { isJsonObject, type JsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { parseReferencePath } from '../../query/result-path.ts';
import { IS_CHOICE_OPERATOR } from '../choice-operators.ts';
import { conditionsOf, type ConditionView } from '../conditions.ts';
import { objectsOf } from '../machine-view.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';
import { isIntrinsicCall, pathFault } from '../syntax.ts';

/** What kind of path a field takes. */
type Kind =
  /** Any path. */
  | 'path'
  /** One node: of the input, the context object or a variable. */
  | 'reference'
  /** As `reference`, but not of the context object. */
  | 'input or variable'
  /** One node of the input only: where something is put. */
  | 'target'
  /** A path, or an intrinsic call that gives a string. */
  | 'string';

const STATE_PATHS: readonly (readonly [field: string, kind: Kind])[] = [
  ['InputPath', 'path'],
  ['OutputPath', 'path'],
  ['ResultPath', 'target'],
  ['TimeoutSecondsPath', 'reference'],
  ['HeartbeatSecondsPath', 'reference'],
  ['SecondsPath', 'reference'],
  ['TimestampPath', 'reference'],
  ['ErrorPath', 'string'],
  ['CausePath', 'string'],
];
const MAP_PATHS: readonly (readonly [field: string, kind: Kind])[] = [
  ['ItemsPath', 'reference'],
  ['MaxConcurrencyPath', 'input or variable'],
  ['ToleratedFailureCountPath', 'input or variable'],
  ['ToleratedFailurePercentagePath', 'input or variable'],
];

const STRING_INTRINSICS = /^States\.(Format|JsonToString|ArrayGetItem|Base64Encode|Base64Decode|Hash|UUID)\s*\(/;

/** Fields that hold a path hold one, and a Reference Path where one node is meant. */
export const paths: Rule = (machine, report) => {
  for (const state of machine.states) {
    const { raw, place, type, language, refused } = state;
    if (refused || type === undefined || language === 'JSONata') continue;
    for (const [field, kind] of STATE_PATHS) check(raw, field, kind, place, report);
    for (const [catcher, where] of objectsOf(raw['Catch'], at(place, 'Catch'))) check(catcher, 'ResultPath', 'target', where, report);
    if (type === 'Choice') for (const condition of conditionsOf(state)) checkCondition(condition, report);
    if (type !== 'Map') continue;
    for (const [field, kind] of MAP_PATHS) check(raw, field, kind, place, report);
    const { ItemBatcher: batcher, ItemReader: reader } = raw;
    if (isJsonObject(batcher)) {
      const where = at(place, 'ItemBatcher');
      for (const field of ['MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath']) check(batcher, field, 'input or variable', where, report);
    }
    if (isJsonObject(reader) && isJsonObject(reader['ReaderConfig'])) {
      check(reader['ReaderConfig'], 'MaxItemsPath', 'input or variable', at(at(place, 'ItemReader'), 'ReaderConfig'), report);
    }
  }
};

function checkCondition({ raw, place }: ConditionView, report: Report): void {
  for (const field of Object.keys(raw)) {
    const text = raw[field];
    const isPath = field === 'Variable' || (field.endsWith('Path') && IS_CHOICE_OPERATOR.has(field));
    if (!isPath || typeof text !== 'string' || pathFault(text) !== 'no path') continue;
    const reason = text.startsWith('$') ? '' : ": Reference path didn't start with '$'";
    report('SCHEMA_VALIDATION_FAILED', `Value is not a Reference Path${reason}`, at(place, field));
  }
}

function check(object: JsonObject, field: string, kind: Kind, place: Place, report: Report): void {
  const text = object[field];
  if (typeof text !== 'string') return;
  if (kind === 'string' && STRING_INTRINSICS.test(text) && isIntrinsicCall(text)) return;
  const fault = pathFault(text);
  if (fault === 'no path') report('SCHEMA_VALIDATION_FAILED', 'Value must be a valid JSONPath.', at(place, field), hintFor(text));
  else if (isRefused(text, kind, fault)) report('SCHEMA_VALIDATION_FAILED', 'Value is not a Reference Path', at(place, field));
}

function isRefused(text: string, kind: Kind, fault: 'no reference path' | undefined): boolean {
  if (kind === 'path' || kind === 'string') return false;
  if (fault) return true;
  if (kind === 'reference') return false;
  return text.startsWith('$$') || (kind === 'target' && !parseReferencePath(text) && !isSubstituted(text));
}

function hintFor(text: string): string | undefined {
  if (text.startsWith('$')) return undefined;
  return text.startsWith('States.') ? 'An intrinsic call is not a path; make it in Parameters or Assign.' : "A path starts with '$'.";
}
