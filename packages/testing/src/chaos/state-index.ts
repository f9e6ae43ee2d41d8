import { isJsonObject, type Address, type Json, type JsonObject } from '@interstate/kernel';
import { statesIn } from '../states-in.ts';

/** What chaos knows of a state before it runs. */
export interface IndexedState {
  readonly name: string;
  readonly raw: JsonObject;
  /** Error names that its Retriers and Catchers name, without wildcards. */
  readonly named: readonly string[];
}

/** The states of every definition that a cloud is given, nested ones included. */
export class StateIndex {
  private readonly machines = new Map<string, { readonly text: string; readonly states: ReadonlyMap<string, IndexedState> }>();

  /** Reads the definition in a request that creates or changes a state machine. */
  note({ name, stateMachineArn, definition: text }: JsonObject): void {
    if (typeof text !== 'string') return;
    const machine = typeof name === 'string' ? name : machineOf(String(stateMachineArn));
    if (this.machines.get(machine)?.text !== text) this.machines.set(machine, { text, states: statesOf(text) });
  }

  /** A state of an execution; undefined where it is not known. */
  find(executionArn: Address, stateName: string): IndexedState | undefined {
    return this.machines.get(machineOf(executionArn))?.states.get(stateName);
  }
}

/** The name in `arn:…:stateMachine:<name>`, `arn:…:execution:<name>:<id>` and `arn:…:execution:<name>/<label>:<id>`. */
function machineOf(arn: Address): string {
  return (arn.split(':')[6] ?? '').split('/')[0]!;
}

function statesOf(text: string): ReadonlyMap<string, IndexedState> {
  const states = new Map<string, IndexedState>();
  for (const { name, raw } of statesIn(parsed(text))) {
    states.set(name, { name, raw, named: [...new Set([...rules(raw, 'Retry'), ...rules(raw, 'Catch')].flatMap(errorsOf))].filter((error) => !error.startsWith('States.')) });
  }
  return states;
}

/** What cannot be read is refused by who is asked to run it. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

export function rules(raw: JsonObject, field: 'Retry' | 'Catch'): JsonObject[] {
  const list = raw[field];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

export function errorsOf(rule: JsonObject): string[] {
  const errors = rule['ErrorEquals'];
  return Array.isArray(errors) ? (errors as readonly Json[]).filter((error) => typeof error === 'string') : [];
}
