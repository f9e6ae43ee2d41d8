import { validateDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import { chaos as shake, type ChaosFinding, type ChaosOptions as ShakeOptions, type ChaosReport, type TestCloud } from '@interstate/testing';
import { createLogUpdate } from 'log-update';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { importFault, loadFunctions } from '../functions/load-functions.ts';
import { matchFunctions } from '../functions/match-functions.ts';
import { listTaskResources } from '../functions/task-resources.ts';
import { loadApplication } from '../input/application-file.ts';
import { isCodeFile } from '../input/code-module.ts';
import { readDefinitionToRun } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { resourcesIn } from '../input/resources-file.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/** Options of `interstate chaos`, as the command line gives them. */
export interface ChaosOptions {
  readonly input?: string;
  readonly functions?: string;
  readonly resources?: string;
  readonly seeds: number;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
  readonly json?: boolean;
}

/** Puts faults into a state machine or an application and says what does not hold; the report goes to stdout. @throws UsageError */
export async function chaos(file: string, options: ChaosOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr, env } = terminal;
  const shaken = isCodeFile(file) ? await applicationToShake(file, options, terminal) : await definitionToShake(file, options, terminal);
  if (!shaken) return EXIT.refused;
  const view = stderr.isTTY === true ? createLogUpdate(stderr as unknown as NodeJS.WritableStream) : undefined;
  const report = await reportOn(file, terminal.cwd, { ...shaken, seeds: { from: 1, to: options.seeds }, progress: (done, found) => view?.(`${done} runs, ${found} findings`) });
  view?.clear();
  const { findings, runs, attempts, handOvers, baselineFailure } = report;
  const color = createColors(stdout, env);
  if (baselineFailure !== undefined) stderr.write(`${createColors(stderr, env).yellow('warning')} Without any fault ${visible(baselineFailure)}. What comes after that is not shaken.\n`);
  if (options.json) stdout.write(`${JSON.stringify({ findings, runs, attempts, handOvers, baselineFailure }, null, 2)}\n`);
  else {
    for (const finding of findings) stdout.write(findingText(finding, color.red('✗')));
    stdout.write(`${findings.length === 0 ? color.green('✔') : color.red('✗')} ${findings.length} findings in ${runs} runs of ${attempts} Task attempts${handOvers === 0 ? '' : ` and ${handOvers} hand-overs`}\n`);
  }
  return findings.length === 0 ? EXIT.succeeded : EXIT.failed;
}

/** What the application's own code throws without any fault is its own fault, and not the command's. */
async function reportOn(file: string, cwd: string, options: ShakeOptions): Promise<ChaosReport> {
  try {
    return await shake(options);
  } catch (error) {
    if ('definition' in options) throw error;
    throw importFault(`${file}: It fails where nothing goes wrong`, error, cwd);
  }
}

/** Undefined where the definition is refused: then that is told. */
async function definitionToShake(file: string, options: ChaosOptions, terminal: Terminal): Promise<ShakeOptions | undefined> {
  const { cwd } = terminal;
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const { definition, type, placeholders } = definitionFile;
  if (validateDefinition(definition, { type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return undefined;
  }
  const { functions, missing } = matchFunctions(await loadFunctions(options.functions, cwd), listTaskResources(definition), placeholders);
  const input: Json = await readExecutionInput(options.input, terminal);
  const makeResources = resourcesIn(options.resources, cwd);
  // What nobody gave a function for answers with nothing, so that the rest can be looked at.
  const prepare = (cloud: TestCloud): Promise<void> => {
    missing.forEach(({ stateName }) => void cloud.mock(stateName).returns({}));
    return makeResources(cloud);
  };
  return { definition: definition as JsonObject, input, type, functions, prepare };
}

async function applicationToShake(file: string, options: ChaosOptions, { cwd }: Terminal): Promise<ShakeOptions> {
  const { input, stateMachine, substitution } = options;
  const given = Object.entries({ '--input': input, '--state-machine': stateMachine, '--resources': options.resources, '--substitution': substitution[0] }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`${given[0]} ${given[1]}: is for definitions; an application brings what it is given itself, in its stimulus.`);
  const { application, functions, properties } = await loadApplication(file, cwd);
  return { application, functions: { ...functions, ...(await loadFunctions(options.functions, cwd)) }, ...(properties && { properties }) };
}

function findingText({ story, seed }: ChaosFinding, mark: string): string {
  const steps = story.slice(0, -1).map((step, index) => `    ${index + 1}. ${visible(step)}\n`).join('');
  return `${mark} ${visible(story.at(-1)!)}\n${steps}${seed === undefined ? '' : `    (seed ${seed})\n`}`;
}
