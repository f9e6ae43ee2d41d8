import type { JsonObject } from '@interstate/kernel';
import { compileProgram } from './compile.ts';
import type { Program } from './program.ts';

/** The definitions a host can run, by id; compiled when first asked for. */
export interface ProgramLibrary {
  /** Adds a valid definition. The same id with another definition is refused. */
  add(id: string, definition: JsonObject): void;
  has(id: string): boolean;
  /** @throws Error where the id is unknown */
  get(id: string): Program;
  remove(id: string): void;
}

export function createProgramLibrary(): ProgramLibrary {
  const definitions = new Map<string, JsonObject>();
  const programs = new Map<string, Program>();
  return {
    add(id, definition) {
      if (definitions.has(id) && definitions.get(id) !== definition) throw new Error(`A different definition is already known as '${id}'.`);
      definitions.set(id, definition);
    },
    has: (id) => definitions.has(id),
    get(id) {
      let program = programs.get(id);
      if (!program) {
        const definition = definitions.get(id);
        if (!definition) throw new Error(`No definition is known as '${id}'. Add it to the program library before starting or resuming executions.`);
        programs.set(id, (program = compileProgram(definition)));
      }
      return program;
    },
    remove(id) {
      definitions.delete(id);
      programs.delete(id);
    },
  };
}
