import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { compileProgram } from '../program/compile.ts';
import type { ProbeOf } from '../program/library.ts';
import type { Program, State } from '../program/program.ts';
import type { Diagnostic } from '../validation/diagnostic.ts';
import { validateDefinition, validateState } from '../validation/validate.ts';
import { findState } from './tested-state.ts';

/** What TestState calls a state that is given without a machine. */
export const SOLE_STATE_NAME = 'StateName';

export interface ReadTestedState {
  readonly program: Program;
  /** Undefined where the machine has no state of the name asked for. */
  readonly state: State | undefined;
}

/**
 * Reads what TestState is given: the text of one state, or of a whole machine with the name of a state anywhere in it.
 * A state by itself may go to states that are not there. Gives the diagnostics of a definition that is refused.
 * @param probeOf wants to know what runs: of the machine, or of one made around the state
 */
export function readTestedState(text: string, stateName?: string, probeOf?: ProbeOf): ReadTestedState | { readonly diagnostics: readonly Diagnostic[] } {
  const { result, diagnostics } = stateName === undefined ? validateState(text) : validateDefinition(text);
  if (result === 'FAIL') return { diagnostics };
  const given = JSON.parse(text) as JsonObject;
  const definition = stateName === undefined ? machineAround(given) : given;
  const program = compileProgram(definition, probeOf?.(definition, ''));
  return { program, state: findState(program, stateName ?? SOLE_STATE_NAME)?.state };
}

/** A machine of the state and an end for each state it may go to. */
function machineAround(state: JsonObject): JsonObject {
  const states: Record<string, Json> = {};
  for (const target of targetsOf(state)) setJsonKey(states, target, { Type: 'Succeed' });
  states[SOLE_STATE_NAME] = state;
  return { StartAt: SOLE_STATE_NAME, States: states };
}

function targetsOf(state: JsonObject): string[] {
  const rules = [state['Choices'], state['Catch']].flatMap((list) => (list ?? []) as readonly JsonObject[]);
  const targets = [state['Next'], state['Default'], ...rules.map((rule) => rule['Next'])];
  return targets.filter((target) => typeof target === 'string');
}
