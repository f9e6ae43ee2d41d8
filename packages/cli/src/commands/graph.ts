import { readGraph, renderDot, renderMermaid, renderSvg } from '@interstate/graph';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionToRun, stateMachineName } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate graph`, as the command line gives them. */
export interface GraphOptions {
  readonly format: 'svg' | 'mermaid' | 'dot';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly title?: string | boolean;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
}

/** Draws a definition; the picture goes to stdout. A definition with faults is drawn as far as it goes. @throws UsageError */
export function graph(file: string, options: GraphOptions, { stdout, cwd }: Terminal): ExitCode {
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const read = readOrRefuse(file, definitionFile.definition);
  const title = typeof options.title === 'string' ? options.title : stateMachineName(definitionFile);
  const picture = { svg: () => `${renderSvg(read, { theme: options.theme, ...(options.title !== false && { title }) })}\n`, mermaid: () => renderMermaid(read), dot: () => renderDot(read) }[options.format]();
  stdout.write(picture);
  return EXIT.succeeded;
}

function readOrRefuse(file: string, definition: unknown): ReturnType<typeof readGraph> {
  try {
    return readGraph(definition);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
