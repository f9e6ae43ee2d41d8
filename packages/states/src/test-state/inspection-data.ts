import type { FlowStage, State, TestedState } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import type { MapStages } from './map-work.ts';

/** What was seen while a state was tested, or in an execution. */
export interface Seen {
  readonly state: State;
  readonly input: Json;
  readonly tested: Pick<TestedState, 'stages' | 'variables' | 'retryDelaySeconds'>;
  /** The result of the work, where it was done and had one. */
  readonly result: Json | undefined;
  readonly mapStages: MapStages;
}

type Field = readonly [field: string, stage: FlowStage];

const INPUT_PATH: Field = ['afterInputPath', 'InputPath'];
const PARAMETERS: Field = ['afterParameters', 'Parameters'];
const RESULT: readonly Field[] = [
  ['afterResultSelector', 'ResultSelector'],
  ['afterResultPath', 'ResultPath'],
];

/** The stages shown of JSONPath states. */
const JSONPATH_FIELDS: Readonly<Record<State['type'], readonly Field[]>> = {
  Pass: [INPUT_PATH, PARAMETERS, ...RESULT],
  Task: [INPUT_PATH, PARAMETERS, ...RESULT],
  Map: [INPUT_PATH, ['afterItemsPath', 'Items'], ...RESULT],
  // What a Parallel's branches would be given is not shown.
  Parallel: RESULT,
  Choice: [INPUT_PATH],
  Wait: [INPUT_PATH],
  Succeed: [INPUT_PATH],
  Fail: [],
};

const JSONATA_TASK: readonly Field[] = [['afterArguments', 'Parameters']];

/** Numbers, shown as such. */
const MAP_NUMBERS: readonly Field[] = [
  ['toleratedFailureCount', 'ToleratedFailureCount'],
  ['toleratedFailurePercentage', 'ToleratedFailurePercentage'],
  ['maxConcurrency', 'MaxConcurrency'],
];

/** `inspectionData` at DEBUG: each stage reached, as JSON text. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html */
export function inspectionData(seen: Seen): JsonObject {
  const { state, input, tested, result, mapStages } = seen;
  const data: Record<string, Json> = { input: JSON.stringify(input) };
  const show = (field: string, value: Json | undefined): void => {
    if (value !== undefined) data[field] = JSON.stringify(value);
  };
  for (const [field, stage] of fieldsOf(state)) {
    // What a Catcher makes of the error is its own, not the state's.
    if (!RESULT.some(([own]) => own === field) || !tested.stages.has('Catch')) show(field, tested.stages.get(stage));
  }
  if (state.type === 'Fail' && state.language === 'JSONPath') show('afterInputPath', input);
  if (state.type === 'Task') show('result', result);
  if (state.type === 'Pass') show('result', state.result);
  for (const [field, value] of Object.entries(mapStages)) show(field, value as Json);
  for (const [field, stage] of MAP_NUMBERS) if (tested.stages.has(stage)) data[field] = tested.stages.get(stage)!;
  if (Object.keys(tested.variables).length > 0) show('variables', tested.variables);
  const errorDetails = errorDetailsOf(tested);
  if (errorDetails) data['errorDetails'] = errorDetails;
  return data;
}

function fieldsOf(state: State): readonly Field[] {
  if (state.language === 'JSONata') return state.type === 'Task' ? JSONATA_TASK : [];
  // A Result is taken whatever the input was made to.
  return state.type === 'Pass' && state.result !== undefined ? RESULT : JSONPATH_FIELDS[state.type];
}

function errorDetailsOf({ stages, retryDelaySeconds }: Seen['tested']): JsonObject | undefined {
  const retryIndex = stages.get('Retry');
  const catchIndex = stages.get('Catch');
  if (retryIndex === undefined && catchIndex === undefined) return undefined;
  return {
    ...(catchIndex !== undefined && { catchIndex }),
    ...(retryIndex !== undefined && { retryIndex }),
    ...(retryDelaySeconds !== undefined && { retryBackoffIntervalSeconds: retryDelaySeconds }),
  };
}
