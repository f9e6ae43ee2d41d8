import type { Json, JsonObject } from '@interstate/kernel';
import type { TestCloud } from '../test-cloud.ts';

/** An application that stands in its cloud, ready for what is to happen. */
export interface Scenario {
  /** What happens to it from outside: sends messages, puts events, starts executions. Time passes after it, until nothing is left to happen. */
  readonly stimulus: () => unknown;
  /** What it has come to in the end, as JSON: the same whatever befell what was handed on. Not asked: nothing is known of that. */
  readonly outcome?: () => unknown;
}

/** Builds an application in a fresh cloud: queues, topics, rules, functions, mappings, state machines. Anew for each run, with nothing kept between. */
export type Application = (cloud: TestCloud) => Scenario | Promise<Scenario>;

export interface DefinitionScenario {
  readonly definition: JsonObject;
  readonly input?: Json;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Prepares each cloud: queues, mocks of what is not local. */
  readonly prepare?: (cloud: TestCloud) => unknown;
}

/** One state machine, started once. */
export function startedOnce({ definition, input = {}, type, prepare }: DefinitionScenario): Application {
  return async (cloud) => {
    await prepare?.(cloud);
    const machine = await cloud.states.create({ definition, ...(type && { type }) });
    return { stimulus: () => machine.start(input) };
  };
}
