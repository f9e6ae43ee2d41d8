import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  coverageHtml,
  coverageJson,
  coverageLcov,
  coverageText,
  mergeCoverage,
  reportCoverage,
  shortfallText,
  type CoverageData,
  type CoverageReport,
  type DefinitionReport,
  type DefinitionSource,
} from '@interstate/testing';
import { createColors } from '../colors.ts';
import type { Output, Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { CoverageOptions, Reporter } from './coverage-options.ts';

/** Reports on coverage. @returns whether every threshold is met. @throws UsageError where a file cannot be written */
export function writeCoverage(data: CoverageData, sources: readonly DefinitionSource[], { reporters, folder, thresholds }: CoverageOptions, { cwd, env }: Terminal, out: Output): boolean {
  const report = reportCoverage(data, sources);
  const all = mergeCoverage(data, ...sources.flatMap(({ ran }) => ran ?? []));
  const color = createColors(out, env);
  const paint = (text: string, percent: number): string => (percent === 100 ? color.green : percent >= 50 ? color.yellow : color.red)(text);
  if (reporters.includes('text')) out.write(coverageText(report, { paint }));
  for (const [file, text] of reporters.flatMap((reporter) => [...filesOf(reporter, report, all, folder)])) writeReport(resolve(cwd, folder, file), text);
  const shortfalls = shortfallText(report, thresholds);
  if (shortfalls !== '') out.write(`${color.red('✗')} ${shortfalls}`);
  return shortfalls === '';
}

/** What a reporter writes, by file names below its folder. */
function filesOf(reporter: Reporter, report: CoverageReport, data: CoverageData, folder: string): ReadonlyMap<string, string> {
  switch (reporter) {
    case 'text':
      return new Map();
    case 'json':
      return new Map([['coverage.json', coverageJson(report)]]);
    case 'lcov':
      return lcovFiles(report, folder);
    case 'html':
      return coverageHtml(report);
    case 'raw':
      return new Map([[`${randomUUID()}.coverage.json`, JSON.stringify(data)]]);
    default:
      return reporter satisfies never;
  }
}

/** Tools that show lines want a file for each definition: those that stand in none are written beside. */
function lcovFiles({ definitions }: CoverageReport, folder: string): ReadonlyMap<string, string> {
  const made = new Map<DefinitionReport, string>();
  definitions.filter(({ file }) => file === undefined).forEach((each, index) => made.set(each, `${each.name.replace(/[^A-Za-z0-9_-]+/g, '-')}-${index + 1}.asl.json`));
  const lcov = coverageLcov(definitions, (each) => each.file ?? join(folder, made.get(each)!));
  return new Map([['lcov.info', lcov], ...[...made].map(([each, name]) => [name, each.source.text] as const)]);
}

function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file}: the coverage report cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
}
