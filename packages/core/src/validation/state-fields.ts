import type { QueryLanguage } from '../definition/query-language.ts';
import type { StateType } from '../definition/state.ts';

/** In which query language a state may have a field. */
type Use = QueryLanguage | 'both';
export type FieldTable = ReadonlyMap<string, Use>;

type Fields = readonly string[];
const JSONPATH_FLOW: Fields = ['InputPath', 'OutputPath'];
const JSONPATH_RESULT: Fields = ['Parameters', 'ResultSelector', 'ResultPath'];
const NEXT: Fields = ['Next', 'End'];
const HANDLERS: Fields = ['Retry', 'Catch'];

function table(both: Fields, jsonPath: Fields, jsonata: Fields): FieldTable {
  const fields = new Map<string, Use>();
  for (const field of ['Type', 'Comment', 'QueryLanguage', ...both]) fields.set(field, 'both');
  for (const field of jsonPath) fields.set(field, 'JSONPath');
  for (const field of jsonata) fields.set(field, 'JSONata');
  return fields;
}

/** The fields of each type of state. @see https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
export const STATE_FIELDS: { readonly [Type in StateType]: FieldTable } = {
  Task: table(
    [...NEXT, ...HANDLERS, 'Assign', 'Resource', 'Credentials', 'TimeoutSeconds', 'HeartbeatSeconds'],
    [...JSONPATH_FLOW, ...JSONPATH_RESULT, 'TimeoutSecondsPath', 'HeartbeatSecondsPath'],
    ['Arguments', 'Output'],
  ),
  Wait: table([...NEXT, 'Assign', 'Seconds', 'Timestamp'], [...JSONPATH_FLOW, 'SecondsPath', 'TimestampPath'], ['Output']),
  Pass: table([...NEXT, 'Assign'], [...JSONPATH_FLOW, 'Parameters', 'ResultPath', 'Result'], ['Output']),
  Succeed: table([], JSONPATH_FLOW, ['Output']),
  Fail: table(['Error', 'Cause'], ['ErrorPath', 'CausePath'], []),
  Choice: table(['Choices', 'Default', 'Assign'], JSONPATH_FLOW, ['Output']),
  Parallel: table([...NEXT, ...HANDLERS, 'Assign', 'Branches'], [...JSONPATH_FLOW, ...JSONPATH_RESULT], ['Arguments', 'Output']),
  Map: table(
    [
      ...NEXT,
      ...HANDLERS,
      'Assign',
      'ItemProcessor',
      'Iterator',
      'ItemSelector',
      'MaxConcurrency',
      'Label',
      'ItemReader',
      'ItemBatcher',
      'ResultWriter',
      'ToleratedFailureCount',
      'ToleratedFailurePercentage',
    ],
    [
      ...JSONPATH_FLOW,
      ...JSONPATH_RESULT,
      'ItemsPath',
      'MaxConcurrencyPath',
      'ToleratedFailureCountPath',
      'ToleratedFailurePercentagePath',
    ],
    ['Items', 'Output'],
  ),
};

export const STATE_TYPES = Object.keys(STATE_FIELDS) as StateType[];

export const STATE_MACHINE_FIELDS: FieldTable = new Map(
  ['Comment', 'StartAt', 'States', 'Version', 'TimeoutSeconds', 'QueryLanguage'].map((field) => [field, 'both']),
);
export const BRANCH_FIELDS: FieldTable = new Map(['Comment', 'StartAt', 'States'].map((field) => [field, 'both']));
export const PROCESSOR_FIELDS: FieldTable = new Map(['Comment', 'StartAt', 'States', 'ProcessorConfig'].map((field) => [field, 'both']));
export const RETRIER_FIELDS: FieldTable = new Map(
  ['Comment', 'ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'].map((field) => [field, 'both']),
);
export const CATCHER_FIELDS: FieldTable = new Map([
  ['Comment', 'both'],
  ['ErrorEquals', 'both'],
  ['Next', 'both'],
  ['Assign', 'both'],
  ['ResultPath', 'JSONPath'],
  ['Output', 'JSONata'],
]);
export const ITEM_READER_FIELDS: FieldTable = new Map([
  ['Resource', 'both'],
  ['ReaderConfig', 'both'],
  ['Parameters', 'JSONPath'],
  ['Arguments', 'JSONata'],
]);
export const READER_CONFIG_FIELDS: FieldTable = new Map([
  ['InputType', 'both'],
  ['CSVHeaderLocation', 'both'],
  ['CSVHeaders', 'both'],
  ['CSVDelimiter', 'both'],
  ['ManifestType', 'both'],
  ['Transformation', 'both'],
  ['ItemsPointer', 'both'],
  ['MaxItems', 'both'],
  ['MaxItemsPath', 'JSONPath'],
]);
export const ITEM_BATCHER_FIELDS: FieldTable = new Map([
  ['MaxItemsPerBatch', 'both'],
  ['MaxInputBytesPerBatch', 'both'],
  ['BatchInput', 'both'],
  ['MaxItemsPerBatchPath', 'JSONPath'],
  ['MaxInputBytesPerBatchPath', 'JSONPath'],
]);
export const RESULT_WRITER_FIELDS: FieldTable = new Map([
  ['Resource', 'both'],
  ['WriterConfig', 'both'],
  ['Parameters', 'JSONPath'],
  ['Arguments', 'JSONata'],
]);
