import type { CoverageThresholds, Metric } from '@interstate/testing';
import { InvalidArgumentError, Option, type Command } from 'commander';

/** How coverage is reported. `raw` is what ran, to be put together with more by `interstate coverage`. */
export const REPORTERS = ['text', 'json', 'lcov', 'html', 'raw'] as const;
export type Reporter = (typeof REPORTERS)[number];

/** What is done with coverage, as the command line says. */
export interface CoverageOptions {
  readonly reporters: readonly Reporter[];
  /** Folder of what reporters write, relative to the working directory. */
  readonly folder: string;
  readonly thresholds: CoverageThresholds;
}

export const DEFAULT_FOLDER = 'coverage/states';

/** Options of a command that counts where it is asked to, as the command line gives them. */
export interface CoverageFlags {
  readonly coverage?: boolean;
  readonly coverageReporter?: readonly Reporter[];
  readonly coverageDir?: string;
  readonly coverageThreshold?: CoverageThresholds;
}

/** Undefined where nothing asks for coverage. */
export function coverageWanted({ coverage, coverageReporter: reporters, coverageDir: folder, coverageThreshold: thresholds }: CoverageFlags): CoverageOptions | undefined {
  if (coverage !== true && reporters === undefined && folder === undefined && thresholds === undefined) return undefined;
  return { reporters: reporters ?? ['text'], folder: folder ?? DEFAULT_FOLDER, thresholds: thresholds ?? {} };
}

// The testing kit has them too, but is not loaded for commands that do not test.
const METRICS = Object.keys({ states: 0, transitions: 0, rules: 0, retriers: 0, catchers: 0, expressions: 0 } satisfies Record<Metric, 0>) as Metric[];

/** Gives a command its options of coverage. */
export function addCoverageOptions(command: Command): Command {
  return command
    .addOption(new Option('--coverage-reporter <names>', `how coverage is reported: ${REPORTERS.join(', ')}; several with commas (default: text)`).argParser(parseReporters))
    .option('--coverage-dir <folder>', `where json, lcov, html and raw are written (default: ${DEFAULT_FOLDER})`)
    .addOption(new Option('--coverage-threshold <metric=percent>', `least coverage, else the exit code is 1: ${METRICS.join(', ')}; several with commas`).argParser(parseThresholds));
}

function parseReporters(text: string, earlier: readonly Reporter[] = []): readonly Reporter[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !REPORTERS.includes(name as Reporter));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no reporter '${unknown}': ${REPORTERS.join(', ')}.`);
  return [...new Set([...earlier, ...(names as Reporter[])])];
}

function parseThresholds(text: string, earlier: CoverageThresholds = {}): CoverageThresholds {
  const given = text.split(',').map((part): [Metric, number] => {
    const [metric = '', percent = '', ...rest] = part.trim().split('=');
    if (!METRICS.includes(metric as Metric)) throw new InvalidArgumentError(`There is no metric '${metric}': ${METRICS.join(', ')}.`);
    if (!/^\d+(?:\.\d+)?$/.test(percent) || Number(percent) > 100 || rest.length > 0) throw new InvalidArgumentError(`'${part}': write ${metric}=90, a percentage from 0 to 100.`);
    return [metric as Metric, Number(percent)];
  });
  return { ...earlier, ...Object.fromEntries(given) };
}
