import { resolve } from 'node:path';
import { validateDefinition } from '@interstate/core';
import type { HistoryEvent } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import { lambda } from '@interstate/lambda';
import { createCloud, StuckExecutionError, type ExecutionResult } from 'interstate';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { loadFunctions } from '../functions/load-functions.ts';
import { matchFunctions, nameOf } from '../functions/match-functions.ts';
import { resourceFunctions } from '../functions/resource-functions.ts';
import { listTaskResources, type TaskResource } from '../functions/task-resources.ts';
import { readDefinitionToRun, stateMachineName } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import { plainProgress } from '../progress/plain-progress.ts';
import type { ChildExecutions, Progress } from '../progress/progress.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';
import { createExecutionTrace } from '../trace/execution-trace.ts';
import { UsageError } from '../usage-error.ts';
import { endText, eventJson, executionJson } from './report-execution.ts';

/** Options of `interstate run`, as the command line gives them. */
export interface RunOptions {
  readonly input?: string;
  readonly functions?: string;
  readonly virtualTime?: boolean;
  readonly startTime?: string;
  readonly seed?: number;
  readonly substitution: readonly string[];
  readonly stateMachine?: string;
  readonly s3?: string;
  readonly query?: string;
  readonly json?: boolean;
  readonly history?: boolean;
  readonly timeline: boolean;
  readonly progress: boolean;
}

/** Runs a definition once; progress and timeline go to stderr, the output (or the report) to stdout. @throws UsageError */
export async function run(file: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr, cwd } = terminal;
  const color = createColors(stderr, terminal.env);
  if (options.startTime !== undefined && !options.virtualTime) throw new UsageError('--start-time needs --virtual-time: real time begins now.');
  if (options.startTime !== undefined && Number.isNaN(Date.parse(options.startTime))) {
    throw new UsageError(`--start-time '${options.startTime}': write ISO 8601, as in 2026-01-01T00:00:00Z.`);
  }

  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const { definition, type, placeholders, unused } = definitionFile;
  for (const name of unused) stderr.write(`${color.yellow('warning')} --substitution ${visible(name)}: nothing in ${file} asks for it.\n`);
  const { result: validity } = validateDefinition(definition, { type });
  if (validity === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return EXIT.refused;
  }

  const { functions, missing } = matchFunctions(await loadFunctions(options.functions, cwd), listTaskResources(definition), placeholders);
  if (missing.length > 0) stderr.write(`${color.yellow('warning')} ${missingText(missing, options.functions)}\n`);
  const input = await readExecutionInput(options.input, terminal);

  const cloud = createCloud({
    clock: options.virtualTime ? 'virtual' : 'real',
    ...(options.startTime !== undefined && { startTime: options.startTime }),
    ...(options.s3 !== undefined && { s3: { folder: resolve(cwd, options.s3) } }),
    ...(options.seed !== undefined && { seed: options.seed }),
    // What is missing was said above, in terms of the command line; AWS's error says the rest.
    adapters: [resourceFunctions(functions), lambda({ functions, now: () => cloud.now(), warn: () => undefined })],
  });
  const trace = createExecutionTrace();
  const progress: Progress | undefined = await createProgress();
  const restoreLog = terminal.captureLog((text) => (progress ? progress.log(text) : void stderr.write(text)));
  const machine = await cloud.states.create({ definition: definition as JsonObject, type, name: stateMachineName(definitionFile) });
  const children = new Map<string, string>();
  let eventCount = 0;
  let executionArn: string | undefined;
  cloud.onHistory((arn, event) => {
    executionArn ??= arn;
    if (arn !== executionArn) return tellChild(arn, event);
    eventCount++;
    const change = trace.add(event);
    if (change) progress?.changed(change);
  });
  const tellChild = (arn: string, { type: eventType }: HistoryEvent): void => {
    if (!eventType.startsWith('Execution')) return;
    children.set(arn, eventType);
    progress?.childrenChanged(countChildren(children.values()));
  };

  const execution = await machine.start(input);
  const stopListening = terminal.onInterrupt((signal) => void execution.stop({ error: 'Interrupted', cause: `Stopped by ${signal}.` }));
  let result: ExecutionResult;
  try {
    result = await execution.result();
  } catch (error) {
    if (!(error instanceof StuckExecutionError)) throw error;
    progress?.end();
    if (options.json) stdout.write(`${JSON.stringify({ executionArn: execution.executionArn, status: execution.status(), problem: error.message }, null, 2)}\n`);
    else stderr.write(`${color.red('✗')} ${error.message}\n`);
    return EXIT.failed;
  } finally {
    stopListening();
    restoreLog();
    progress?.end();
  }

  const history = options.history ? execution.history() : undefined;
  const query = options.query === undefined ? undefined : await import('../query.ts');
  const subject = history === undefined ? result.output : history.map(eventJson);
  const found = query === undefined || subject === undefined ? undefined : query.evaluateQuery(options.query!, subject as Json);
  if (options.json) {
    stdout.write(`${JSON.stringify({ ...executionJson(result, query ? undefined : history), ...(query && { query: found ?? null }) }, null, 2)}\n`);
    return codeOf(result);
  }
  if (query === undefined) {
    const shown = history === undefined ? result.output : history.map(eventJson);
    if (shown !== undefined) stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  } else if (found !== undefined) stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (subject !== undefined) stderr.write(`${color.yellow('warning')} --query '${options.query}' leads to nothing in the ${history ? 'history' : 'output'}.\n`);
  if (options.timeline) {
    const { drawTimeline } = await import('../timeline/timeline.ts');
    const { startTime: from, stopTime: to } = result;
    stderr.write(`\n${drawTimeline(trace.visits, { color, columns: stderr.columns ?? 100, from, to })}\n\n`);
  }
  stderr.write(endText(result, { trace, eventCount, children: children.size > 0 ? countChildren(children.values()) : undefined }, color));
  return codeOf(result);

  async function createProgress(): Promise<Progress | undefined> {
    if (!options.progress || options.json) return undefined;
    const given = { trace, now: () => cloud.now() };
    if (!stderr.isTTY) return plainProgress(stderr, color, given);
    const { liveProgress } = await import('../progress/live-progress.ts');
    return liveProgress(stderr, color, given);
  }
}

function codeOf({ status }: ExecutionResult): ExitCode {
  return status === 'SUCCEEDED' ? EXIT.succeeded : EXIT.failed;
}

function countChildren(events: Iterable<string>): ChildExecutions {
  let [running, succeeded, failed] = [0, 0, 0];
  for (const type of events) {
    if (type === 'ExecutionStarted') running++;
    else if (type === 'ExecutionSucceeded') succeeded++;
    else failed++;
  }
  return { running, succeeded, failed };
}

function missingText(missing: readonly TaskResource[], module: string | undefined): string {
  const lines = missing.slice(0, 20).map(({ stateName, functionName }) => `  ${visible(stateName)}: ${visible(functionName!)}`);
  if (missing.length > 20) lines.push(`  … and ${missing.length - 20} more`);
  const name = nameOf(missing[0]!.functionName!);
  const example = /^[A-Za-z_]\w*$/.test(name) ? `export const ${name} = async (event, context) => ({ … })` : `export default { '${visible(name)}': async (event, context) => ({ … }) }`;
  const where = module === undefined ? 'Write a module, name it with --functions, and in it' : `In ${module}`;
  return [`${missing.length === 1 ? 'a Task calls a function' : 'Tasks call functions'} nobody gave:`, ...lines, `  ${where}: ${example}`].join('\n');
}
