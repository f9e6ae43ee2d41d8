import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ChaosOptions } from './commands/chaos.ts';
import type { CoverageCommandOptions } from './commands/coverage.ts';
import type { DebugOptions } from './commands/debug.ts';
import type { GraphOptions } from './commands/graph.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { RunOptions } from './commands/run-options.ts';
import type { TestOptions } from './commands/test.ts';
import type { TypesOptions } from './commands/types.ts';
import type { ValidateOptions } from './commands/validate.ts';
import { addCoverageOptions, DEFAULT_FOLDER } from './coverage/coverage-options.ts';
import { EXIT } from './exit-code.ts';
import { HELP, PROGRAM_HELP } from './help.ts';
import type { Terminal } from './terminal.ts';
import { isUsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

const DEFINITION = 'ASL as JSON or YAML, SAM, CloudFormation or CDK template, or serverless.yml';

/** Runs a command line. @param args what follows `interstate`. @returns the exit code */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.succeeded;
  const program = new Command('interstate')
    .description('Runs Amazon States Language state machines in this process, exactly as AWS Step Functions does.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', PROGRAM_HELP)
    .showHelpAfterError('(interstate --help says more.)')
    .configureOutput({ writeOut: (text) => void terminal.stdout.write(text), writeErr: (text) => void terminal.stderr.write(text) })
    .exitOverride();

  program
    .command('run')
    .summary('run a state machine once')
    .description('Runs a state machine once, with local functions, and prints its output.')
    .argument('<definition>', DEFINITION)
    .option('-i, --input <json|@file|->', "the execution's input: JSON text, a JSON or YAML file, or standard input (default: {})")
    .option('-f, --functions <module>', 'module with the functions that Tasks call')
    .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
    .addOption(substitution())
    .option('-t, --virtual-time', 'jump over waits instead of waiting')
    .option('--start-time <time>', 'with --virtual-time: when time begins, as ISO 8601 (default: 2026-01-01T00:00:00Z)')
    .addOption(new Option('--seed <integer>', 'makes ids, jitter and random numbers repeatable').argParser(parseSeed))
    .option('--resources <file>', 'calls that make queues, topics, buses, buckets …, as in a test file')
    .option('--s3 <folder>', 'folder with a folder per bucket, for ItemReader, ResultWriter and S3 Tasks (default: an empty store in memory)')
    .option('-q, --query <jsonpath>', 'print what a JSONPath finds in the output, or in the history with --history')
    .option('-j, --json', 'print one JSON object: status, output, error, cause')
    .option('--history', 'print the history: instead of the output, or as part of --json')
    .option('--no-timeline', 'draw no timeline')
    .option('--no-progress', 'show nothing while it runs')
    .addHelpText('after', HELP.run)
    .showHelpAfterError('(interstate run --help says more.)')
    .action(async (file: string, options: RunOptions) => {
      const { run } = await import('./commands/run.ts');
      code = await run(file, options, terminal);
    });

  program
    .command('validate')
    .summary('find every fault of state machine definitions')
    .description('Checks definitions as Step Functions does, every fault at once, and says where each is. Warnings alone leave the exit code 0.')
    .argument('<files...>', `${DEFINITION}; every state machine in them`)
    .addOption(new Option('--severity <severity>', 'least severity that is shown').choices(['error', 'warning']).default('warning'))
    .option('-m, --state-machine <logicalId>', 'only this one')
    .addOption(substitution())
    .option('-j, --json', 'print one JSON object: result, and per state machine its diagnostics')
    .addHelpText('after', HELP.validate)
    .showHelpAfterError('(interstate validate --help says more.)')
    .action(async (files: string[], options: ValidateOptions) => {
      const { validate } = await import('./commands/validate.ts');
      code = validate(files, options, terminal);
    });

  addCoverageOptions(
    program
      .command('test')
      .summary('run the tests beside definitions')
      .description('Runs test files (*.asl.test.json, .yaml, .ts, .js, .mjs) beside definitions: in virtual time, Tasks mocked, nothing over the network.')
      .argument('[paths...]', 'test files, and folders to look for them in (default: this folder)')
      .option('-w, --watch', 'run again what a change concerns')
      .option('--junit <file>', 'write a JUnit report')
      .option('-j, --json', 'print one JSON list: per file its tests with their faults')
      .addOption(new Option('--workers <count>', 'processes that share the files (default: by their number; 0: this one)').argParser(parseCount))
      .option('--coverage', 'say which states, transitions, rules, Retriers, Catchers and expressions the tests ran'),
  )
    .addOption(new Option('--worker').hideHelp())
    .addHelpText('after', HELP.test)
    .showHelpAfterError('(interstate test --help says more.)')
    .action(async (paths: string[], options: TestOptions) => {
      const { test } = await import('./commands/test.ts');
      code = await test(paths, options, terminal);
    });

  addCoverageOptions(
    program
      .command('coverage')
      .summary('report on what tests of several processes covered')
      .description('Puts together what tests wrote into folders (….coverage.json), and says what of the definitions they ran.')
      .argument('[folders...]', `folders with the files (default: ${DEFAULT_FOLDER})`)
      .option('-d, --definition <files...>', 'definitions, for names and lines; what of them never ran counts as well')
      .addOption(substitution()),
  )
    .addHelpText('after', HELP.coverage)
    .showHelpAfterError('(interstate coverage --help says more.)')
    .action(async (folders: string[], options: CoverageCommandOptions) => {
      const { coverage } = await import('./commands/coverage.ts');
      code = coverage(folders.length === 0 ? [DEFAULT_FOLDER] : folders, options, terminal);
    });

  program
    .command('chaos')
    .summary('put faults into a state machine or an application, and see what does not hold')
    .description('Runs a state machine or an application over and over in virtual time, each time with other faults, and says what does not hold with the shortest story that shows it.')
    .argument('<definition>', `${DEFINITION}; or a module that builds an application: app.chaos.ts, .js, .mjs`)
    .option('-i, --input <json|@file|->', "the execution's input (default: {})")
    .option('-f, --functions <module>', 'module with the functions that Tasks call; others answer with nothing')
    .option('--resources <file>', 'calls that make queues, topics, buses, buckets …, as in a test file')
    .addOption(new Option('--seeds <count>', 'runs with several faults at once, after every single one').argParser(parseSeed).default(50))
    .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
    .addOption(substitution())
    .option('-j, --json', 'print one JSON object: findings, runs, attempts, handOvers')
    .addHelpText('after', HELP.chaos)
    .showHelpAfterError('(interstate chaos --help says more.)')
    .action(async (file: string, options: ChaosOptions) => {
      const { chaos } = await import('./commands/chaos.ts');
      code = await chaos(file, options, terminal);
    });

  addCoverageOptions(
    program
      .command('replay')
      .summary('run a definition as recorded executions went')
      .description('Runs a definition on the input of recorded executions, every Task ended as it was then, and shows where it first goes another way.')
      .argument('[definition]', DEFINITION)
      .addOption(new Option('-d, --definition <file>').hideHelp())
      .requiredOption('-H, --history <files...>', 'what `aws stepfunctions get-execution-history` prints, or log records of an Express execution')
      .option('-i, --input <json|@file|->', "another input than the recorded one's")
      .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
      .addOption(new Option('--type <type>', 'what kind of state machine it is').choices(['STANDARD', 'EXPRESS']))
      .addOption(substitution())
      .option('-j, --json', 'print one JSON list: per history the difference, or null')
      .option('--coverage', 'say which states, transitions, rules, Retriers, Catchers and expressions the executions ran'),
  )
    .addHelpText('after', HELP.replay)
    .showHelpAfterError('(interstate replay --help says more.)')
    .action(async (file: string | undefined, options: ReplayOptions) => {
      const { replay } = await import('./commands/replay.ts');
      code = await replay(file, options, terminal);
    });

  program
    .command('debug')
    .summary('go through an execution, forwards and backwards')
    .description('Runs a definition or one of its tests once, in virtual time, and lets you go through what happened by event: input, what each field came to, variables, what is waited for.')
    .argument('<definition>', `${DEFINITION}; or a file of tests`)
    .option('-i, --input <json|@file|->', "the execution's input (default: {}, or the recorded one)")
    .option('-f, --functions <module>', 'module with the functions that Tasks call; others answer with {}')
    .option('--mocks <file>', 'what Tasks answer, as JSON or YAML')
    .option('--resources <file>', 'calls that make queues, topics, buses, buckets …, as in a test file')
    .addOption(new Option('-H, --history <file>', 'go through an execution that happened elsewhere').conflicts(['functions', 'mocks', 'resources']))
    .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
    .addOption(substitution())
    .option('--test <name>', 'which of the tests, where the file has several')
    .option('--plain', 'print every step instead')
    .option('-j, --json', 'print one JSON list of every step')
    .addHelpText('after', HELP.debug)
    .showHelpAfterError('(interstate debug --help says more.)')
    .action(async (file: string, options: DebugOptions) => {
      const { debug } = await import('./commands/debug.ts');
      code = await debug(file, options, terminal);
    });

  program
    .command('graph')
    .summary('draw a definition')
    .description('Draws a definition as a picture or as text for one, to standard output.')
    .argument('<definition>', DEFINITION)
    .addOption(new Option('-f, --format <format>', 'what to write').choices(['svg', 'mermaid', 'dot']).default('svg'))
    .addOption(new Option('--theme <theme>', 'SVG: colours; auto follows the viewer').choices(['auto', 'light', 'dark']).default('auto'))
    .option('--title <text>', "SVG: title (default: the state machine's name)")
    .option('--no-title', 'SVG: no title')
    .option('-H, --history <file>', 'SVG: an execution over it: what `aws stepfunctions get-execution-history` prints')
    .addOption(new Option('--coverage <folder>', 'SVG: what of it tests covered, from the files ….coverage.json in a folder').conflicts('history'))
    .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
    .addOption(substitution())
    .addHelpText('after', HELP.graph)
    .showHelpAfterError('(interstate graph --help says more.)')
    .action(async (file: string, options: GraphOptions) => {
      const { graph } = await import('./commands/graph.ts');
      code = await graph(file, options, terminal);
    });

  program
    .command('types')
    .summary('write TypeScript types of a definition')
    .description('Writes what can be known of a definition as TypeScript types: its input, output, variables, states, and what its Tasks are asked and give.')
    .argument('<definition>', DEFINITION)
    .option('-o, --out <file>', 'write them to a file, such as order.d.ts')
    .addOption(new Option('--name <name>', "of the interface (default: the state machine's name)").argParser(parseTypeName))
    .option('-m, --state-machine <logicalId>', 'which one, where the file has several')
    .addOption(substitution())
    .addHelpText('after', HELP.types)
    .showHelpAfterError('(interstate types --help says more.)')
    .action(async (file: string, options: TypesOptions) => {
      const { types } = await import('./commands/types.ts');
      code = await types(file, options, terminal);
    });

  try {
    await program.parseAsync(args[0] === 'coverage' ? args.map(ofToday) : [...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.succeeded : EXIT.refused;
    if (!isUsageError(error)) throw error;
    terminal.stderr.write(`error: ${error.message}\n`);
    return EXIT.refused;
  }
}

/** Options of `interstate coverage` once had shorter names. */
function ofToday(arg: string): string {
  return arg.replace(/^--(?=(?:reporter|dir|threshold)(?:=|$))/, '--coverage-');
}

function substitution(): Option {
  return new Option('-s, --substitution <NAME=VALUE>', 'value for ${NAME} in the definition; may be repeated').argParser(collect).default([], 'none');
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) throw new InvalidArgumentError('It must be an integer from 0 to 9007199254740991.');
  return seed;
}

function parseTypeName(text: string): string {
  if (!/^[A-Za-z_]\w*$/.test(text)) throw new InvalidArgumentError('It must be letters, digits and _, and begin with none of the digits.');
  return text;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 64) throw new InvalidArgumentError('It must be an integer from 0 to 64.');
  return count;
}
