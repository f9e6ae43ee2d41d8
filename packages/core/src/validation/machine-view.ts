import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { QueryLanguage } from '../definition/query-language.ts';
import type { StateType } from '../definition/state.ts';
import { at, ROOT, type Place } from './place.ts';
import { STATE_FIELDS } from './state-fields.ts';

/** A `States` object with what is around it: the machine itself, a branch, or a processor. */
export interface GroupView {
  readonly raw: JsonObject;
  readonly place: Place;
  /** The state this is a branch or processor of; absent for the machine itself. */
  readonly owner: StateView | undefined;
  readonly kind: 'machine' | 'branch' | 'processor';
  /** States by name, in order; those that are no objects are left out. */
  readonly states: Map<string, StateView>;
}

export interface StateView {
  readonly name: string;
  readonly raw: JsonObject;
  readonly place: Place;
  readonly group: GroupView;
  /** Undefined where `Type` is none that there is. */
  readonly type: StateType | undefined;
  readonly language: QueryLanguage;
  /** A JSONPath state in a JSONata machine: refused as a whole, so that its fields are not looked at. */
  readonly refused: boolean;
  /** Map only: whether iterations are executions of their own. */
  readonly distributed: boolean;
}

/** A definition laid out for the rules: every group and state of it once, outer before inner, in the order of the text. */
export interface MachineView {
  readonly raw: JsonObject;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly language: QueryLanguage;
  readonly groups: readonly GroupView[];
  readonly states: readonly StateView[];
}

export function viewMachine(raw: JsonObject, type: MachineView['type']): MachineView {
  const language = languageOf(raw['QueryLanguage'], 'JSONPath');
  const groups: GroupView[] = [];
  const states: StateView[] = [];

  const viewGroup = (value: Json | undefined, place: Place, kind: GroupView['kind'], owner: StateView | undefined): void => {
    if (!isJsonObject(value)) return;
    const group: GroupView = { raw: value, place, owner, kind, states: new Map() };
    groups.push(group);
    if (!isJsonObject(value['States'])) return;
    const statesPlace = at(place, 'States');
    for (const [name, state] of Object.entries(value['States'])) {
      if (!isJsonObject(state)) continue;
      const view = viewState(state, name, at(statesPlace, name), group);
      group.states.set(name, view);
      states.push(view);
      if (view.type === 'Parallel' && Array.isArray(state['Branches'])) {
        const branches = at(view.place, 'Branches');
        (state['Branches'] as readonly Json[]).forEach((branch, index) => viewGroup(branch, at(branches, index), 'branch', view));
      } else if (view.type === 'Map') {
        for (const field of ['ItemProcessor', 'Iterator']) viewGroup(state[field], at(view.place, field), 'processor', view);
      }
    }
  };

  const viewState = (state: JsonObject, name: string, place: Place, group: GroupView): StateView => ({
    name,
    raw: state,
    place,
    group,
    type: typeof state['Type'] === 'string' && Object.hasOwn(STATE_FIELDS, state['Type']) ? (state['Type'] as StateType) : undefined,
    language: languageOf(state['QueryLanguage'], language),
    refused: language === 'JSONata' && state['QueryLanguage'] === 'JSONPath',
    distributed: isDistributed(state['ItemProcessor']) || isDistributed(state['Iterator']),
  });

  viewGroup(raw, ROOT, 'machine', undefined);
  return { raw, type, language, groups, states };
}

/** Only exactly `JSONPath` is JSONPath; any other value counts as JSONata for further checks, as it does for Step Functions. */
function languageOf(value: Json | undefined, inherited: QueryLanguage): QueryLanguage {
  if (value === undefined) return inherited;
  return value === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

function isDistributed(processor: Json | undefined): boolean {
  return isJsonObject(processor) && isJsonObject(processor['ProcessorConfig']) && processor['ProcessorConfig']['Mode'] === 'DISTRIBUTED';
}

/** The objects of a list field, with their places; nothing where the field is no array. */
export function objectsOf(value: Json | undefined, place: Place): [item: JsonObject, place: Place][] {
  if (!Array.isArray(value)) return [];
  const found: [JsonObject, Place][] = [];
  value.forEach((item, index) => {
    if (isJsonObject(item)) found.push([item, at(place, index)]);
  });
  return found;
}
