import { parseJsonata } from '../jsonata/ast.ts';

export interface JsonataFacts {
  readonly syntaxError: string | undefined;
  readonly topLevelNames: ReadonlySet<string>;
  readonly usesRoot: boolean;
  readonly statesMembers: ReadonlySet<string>;
}

export function analyseJsonata(text: string): JsonataFacts {
  const none = new Set<string>();
  try {
    parseJsonata(text);
    return { syntaxError: undefined, topLevelNames: none, usesRoot: false, statesMembers: none };
  } catch (error) {
    return { syntaxError: (error as Error).message, topLevelNames: none, usesRoot: false, statesMembers: none };
  }
}
