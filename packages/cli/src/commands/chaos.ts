import { validateDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import { chaos as shake, type ChaosFinding } from '@interstate/testing';
import { createLogUpdate } from 'log-update';
import { createColors } from '../colors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { loadFunctions } from '../functions/load-functions.ts';
import { matchFunctions } from '../functions/match-functions.ts';
import { listTaskResources } from '../functions/task-resources.ts';
import { readDefinitionToRun } from '../input/definition-file.ts';
import { readExecutionInput } from '../input/execution-input.ts';
import { parseSubstitutions } from '../input/substitutions.ts';
import type { Terminal } from '../terminal.ts';
import { visible } from '../text.ts';

/** Options of `interstate chaos`, as the command line gives them. */
export interface ChaosOptions {
  readonly input?: string;
  readonly functions?: string;
  readonly seeds: number;
  readonly stateMachine?: string;
  readonly substitution: readonly string[];
  readonly json?: boolean;
}

/** Puts faults into a state machine and says what does not hold; the report goes to stdout. @throws UsageError */
export async function chaos(file: string, options: ChaosOptions, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr, cwd, env } = terminal;
  const definitionFile = readDefinitionToRun(file, { cwd, substitutions: parseSubstitutions(options.substitution), logicalId: options.stateMachine });
  const { definition, type, placeholders } = definitionFile;
  if (validateDefinition(definition, { type }).result === 'FAIL') {
    const { reportInvalid } = await import('./validate.ts');
    reportInvalid(definitionFile, terminal);
    return EXIT.refused;
  }
  const { functions, missing } = matchFunctions(await loadFunctions(options.functions, cwd), listTaskResources(definition), placeholders);
  const input: Json = await readExecutionInput(options.input, terminal);
  const view = stderr.isTTY === true ? createLogUpdate(stderr as unknown as NodeJS.WritableStream) : undefined;
  const { findings, runs, attempts } = await shake({
    definition: definition as JsonObject,
    input,
    type,
    functions,
    seeds: { from: 1, to: options.seeds },
    // What nobody gave a function for answers with nothing, so that the rest can be looked at.
    prepare: (cloud) => missing.forEach(({ stateName }) => void cloud.mock(stateName).returns({})),
    progress: (done, found) => view?.(`${done} runs, ${found} findings`),
  });
  view?.clear();
  const color = createColors(stdout, env);
  if (options.json) stdout.write(`${JSON.stringify({ findings, runs, attempts }, null, 2)}\n`);
  else {
    for (const finding of findings) stdout.write(findingText(finding, color.red('✗')));
    stdout.write(`${findings.length === 0 ? color.green('✔') : color.red('✗')} ${findings.length} findings in ${runs} runs of ${attempts} Task attempts\n`);
  }
  return findings.length === 0 ? EXIT.succeeded : EXIT.failed;
}

function findingText({ story, seed }: ChaosFinding, mark: string): string {
  const steps = story.slice(0, -1).map((step, index) => `    ${index + 1}. ${visible(step)}\n`).join('');
  return `${mark} ${visible(story.at(-1)!)}\n${steps}${seed === undefined ? '' : `    (seed ${seed})\n`}`;
}
