import type { Json, JsonObject } from '@interstate/kernel';
import { compileChoice } from '../states/choice.ts';
import { compileFail } from '../states/fail.ts';
import { compileMap } from '../states/map.ts';
import { compileParallel } from '../states/parallel.ts';
import { compilePass } from '../states/pass.ts';
import { compileSucceed } from '../states/succeed.ts';
import { compileTask } from '../states/task.ts';
import { compileWait } from '../states/wait.ts';
import { ROOT } from '../validation/place.ts';
import type { Program, QueryLanguage, RawState, State, StateCommon, StateGroup } from './program.ts';
import { below, tallyOf, type Probe, type Site } from './site.ts';

/** What a state's compiler may ask for beyond its own fields. */
export interface StateCompiler {
  readonly common: StateCommon;
  readonly site: Site;
  /** Compiles a branch or processor. */
  group(raw: JsonObject, site: Site): StateGroup;
  /** Resolves a state name of the same group once all of them are compiled. */
  link(name: string, use: (target: State) => void): void;
}

/**
 * Compiles a definition that `validateDefinition` accepts.
 * @param probe wants to know what runs of it; without one, nothing is counted and counting costs nothing
 */
export function compileProgram(definition: JsonObject, probe?: Probe): Program {
  const groups: StateGroup[] = [];
  const language = (definition['QueryLanguage'] as QueryLanguage | undefined) ?? 'JSONPath';
  compileGroup(definition, { place: ROOT, state: ROOT, language, probe }, groups);
  const { TimeoutSeconds: timeoutSeconds } = definition;
  return { definition, counted: probe !== undefined, groups, timeoutSeconds: typeof timeoutSeconds === 'number' ? timeoutSeconds : undefined };
}

function compileGroup(raw: JsonObject, outer: Site, groups: StateGroup[]): StateGroup {
  const states = new Map<string, State>();
  const group = { index: groups.length, states } as unknown as { -readonly [K in keyof StateGroup]: StateGroup[K] };
  groups.push(group);
  const links: [name: string, use: (target: State) => void][] = [];
  const link = (name: string, use: (target: State) => void): void => void links.push([name, use]);

  for (const [name, value] of Object.entries(raw['States'] as JsonObject)) {
    const state = value as RawState;
    const { place } = below(below(outer, 'States'), name);
    const language = (state['QueryLanguage'] as QueryLanguage | undefined) ?? outer.language;
    const site: Site = { ...outer, place, state: place, language };
    const next = typeof state['Next'] === 'string' ? state['Next'] : undefined;
    const left = next === undefined ? undefined : tallyOf(below(site, 'Next'), 'transition');
    const common: StateCommon = { name, language, next: null, visited: tallyOf(site, 'state'), left };
    const compiled = compileState(state, { common, site, group: (inner, { place: at }) => compileGroup(inner, { ...outer, place: at }, groups), link });
    states.set(name, compiled);
    if (next !== undefined) link(next, (target) => (compiled.next = target));
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
