import type { Json, JsonObject } from '@interstate/kernel';
import { compileChoice } from '../states/choice.ts';
import { compileFail } from '../states/fail.ts';
import { compileMap } from '../states/map.ts';
import { compileParallel } from '../states/parallel.ts';
import { compilePass } from '../states/pass.ts';
import { compileSucceed } from '../states/succeed.ts';
import { compileTask } from '../states/task.ts';
import { compileWait } from '../states/wait.ts';
import type { Program, QueryLanguage, RawState, State, StateCommon, StateGroup } from './program.ts';

/** What a state's compiler may ask for beyond its own fields. */
export interface StateCompiler {
  readonly common: StateCommon;
  /** Compiles a branch or processor. */
  group(raw: JsonObject): StateGroup;
  /** Resolves a state name of the same group once all of them are compiled. */
  link(name: string, use: (target: State) => void): void;
}

/** Compiles a definition that `validateDefinition` accepts. */
export function compileProgram(definition: JsonObject): Program {
  const groups: StateGroup[] = [];
  const language = (definition['QueryLanguage'] as QueryLanguage | undefined) ?? 'JSONPath';
  compileGroup(definition, language, groups);
  const { TimeoutSeconds: timeoutSeconds } = definition;
  return { definition, groups, timeoutSeconds: typeof timeoutSeconds === 'number' ? timeoutSeconds : undefined };
}

function compileGroup(raw: JsonObject, language: QueryLanguage, groups: StateGroup[]): StateGroup {
  const states = new Map<string, State>();
  const group = { index: groups.length, states } as unknown as { -readonly [K in keyof StateGroup]: StateGroup[K] };
  groups.push(group);
  const links: [name: string, use: (target: State) => void][] = [];
  const link = (name: string, use: (target: State) => void): void => void links.push([name, use]);

  for (const [name, value] of Object.entries(raw['States'] as JsonObject)) {
    const state = value as RawState;
    const common: StateCommon = { name, language: (state['QueryLanguage'] as QueryLanguage | undefined) ?? language, next: null };
    const compiled = compileState(state, { common, group: (inner) => compileGroup(inner, language, groups), link });
    states.set(name, compiled);
    if (typeof state['Next'] === 'string') link(state['Next'], (target) => (compiled.next = target));
  }
  for (const [name, use] of links) use(target(states, name));
  group.startAt = target(states, raw['StartAt'] as string);
  return group;
}

function target(states: ReadonlyMap<string, State>, name: string): State {
  const state = states.get(name);
  if (!state) throw new Error(`Missing 'Next' target: ${name}. Validate the definition before compiling it.`);
  return state;
}

function compileState(raw: RawState, compiler: StateCompiler): State {
  switch (raw['Type'] as State['type']) {
    case 'Pass':
      return compilePass(raw, compiler);
    case 'Task':
      return compileTask(raw, compiler);
    case 'Choice':
      return compileChoice(raw, compiler);
    case 'Wait':
      return compileWait(raw, compiler);
    case 'Succeed':
      return compileSucceed(raw, compiler);
    case 'Fail':
      return compileFail(raw, compiler);
    case 'Parallel':
      return compileParallel(raw, compiler);
    case 'Map':
      return compileMap(raw, compiler);
    default:
      throw new Error(`Unknown state type ${String(raw['Type'] as Json)}. Validate the definition before compiling it.`);
  }
}
