import { readGraph, renderDot, renderMermaid, renderSvg, type Overlay } from '@interstate/graph';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readDefinitionToRun, stateMachineName, type DefinitionFile } from '../input/definition-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate graph`, as the command line gives them. */
export interface GraphOptions {
  readonly format: 'svg' | 'mermaid' | 'dot';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly title?: string | boolean;
  readonly history?: string;
  readonly coverage?: string;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
}

/** Draws a definition; the picture goes to stdout. A definition with faults is drawn as far as it goes. @throws UsageError */
export async function graph(file: string, options: GraphOptions, { stdout, cwd }: Terminal): Promise<ExitCode> {
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const read = readOrRefuse(file, definitionFile.definition);
  const title = typeof options.title === 'string' ? options.title : stateMachineName(definitionFile);
  const overlay = await overlayOf(definitionFile, options, cwd);
  const picture = { svg: () => `${renderSvg(read, { theme: options.theme, ...(options.title !== false && { title }), ...(overlay && { overlay }) })}\n`, mermaid: () => renderMermaid(read), dot: () => renderDot(read) }[options.format]();
  stdout.write(picture);
  return EXIT.succeeded;
}

/** The testing kit is not loaded where nothing asks for it. */
async function overlayOf(definitionFile: DefinitionFile, { format, history, coverage }: GraphOptions, cwd: string): Promise<Overlay | undefined> {
  const given = Object.entries({ history, coverage }).find(([, value]) => value !== undefined);
  if (given === undefined) return undefined;
  if (format !== 'svg') throw new UsageError(`--${given[0]} ${given[1]}: is drawn over SVGs; leave out --format ${format}.`);
  const { coveredIn, executedIn } = await import('./graph-overlay.ts');
  return history === undefined ? coveredIn(coverage!, definitionFile, cwd) : executedIn(history, cwd);
}

function readOrRefuse(file: string, definition: unknown): ReturnType<typeof readGraph> {
  try {
    return readGraph(definition);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
