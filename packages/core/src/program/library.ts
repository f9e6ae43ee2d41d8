import type { JsonObject } from '@interstate/kernel';
import { ParseCache, parsingWith } from '../jsonata/parse.ts';
import { compileProgram } from './compile.ts';
import type { Program } from './program.ts';
import type { Probe } from './site.ts';

/**
 * The definitions a host can run, by id; compiled when first asked for.
 *
 * Nothing removes one by itself. An execution may outlive its state machine, be redriven for 14 days, or come back from a store or a
 * checkpoint, and equal definitions share an id: only whoever starts the executions can know that none will ask again.
 */
export interface ProgramLibrary {
  /** Adds a valid definition. The same id with another definition is refused. */
  add(id: string, definition: JsonObject): void;
  has(id: string): boolean;
  /** @throws Error where the id is unknown */
  get(id: string): Program;
  remove(id: string): void;
  /** Does something (validates a definition, say) whose JSONata expressions are not parsed again when the definition is compiled here. */
  parsingOnce<Result>(work: () => Result): Result;
}

/** Asked for the probe of each definition that is added. */
export type ProbeOf = (definition: JsonObject, id: string) => Probe;

/** @param probeOf wants to know what runs: coverage. Default: nobody does, and counting costs nothing */
export function createProgramLibrary(probeOf?: ProbeOf): ProgramLibrary {
  const definitions = new Map<string, JsonObject>();
  const probes = new Map<string, Probe>();
  const programs = new Map<string, Program>();
  const parsed = new ParseCache();
  return {
    add(id, definition) {
      if (definitions.has(id) && definitions.get(id) !== definition) throw new Error(`A different definition is already known as '${id}'.`);
      definitions.set(id, definition);
      if (probeOf && !probes.has(id)) probes.set(id, probeOf(definition, id));
    },
    has: (id) => definitions.has(id),
    get(id) {
      let program = programs.get(id);
      if (!program) {
        const definition = definitions.get(id);
        if (!definition) throw new Error(`No definition is known as '${id}'. Add it to the program library before starting or resuming executions.`);
        programs.set(id, (program = parsingWith(parsed, () => compileProgram(definition, probes.get(id)))));
      }
      return program;
    },
    remove(id) {
      definitions.delete(id);
      programs.delete(id);
      probes.delete(id);
    },
    parsingOnce: (work) => parsingWith(parsed, work),
  };
}
