import { firstMissed, METRICS, percentOf, type CoverageReport, type CoveredPoint, type Ratio, type Totals } from './coverage-report.ts';
import { findShortfalls, type CoverageThresholds } from './thresholds.ts';

export interface TextReportOptions {
  /** Colours a percentage. Default: none. */
  readonly paint?: (text: string, percent: number) => string;
  /** Places named per definition at most. Default 10. */
  readonly places?: number;
}

/** The coverage as a table, and below it the first places that did not run. */
export function coverageText(report: CoverageReport, { paint = (text) => text, places = 10 }: TextReportOptions = {}): string {
  const { definitions, totals } = report;
  const rows = [...definitions.map(({ name, file = name, totals: own }) => [file, own] as const), ['all', totals] as const];
  const nameWidth = Math.max(...rows.map(([name]) => oneLine(name).length));
  const columns = METRICS.map((metric) => Math.max(metric.length, ...rows.map(([, { [metric]: ratio }]) => ratioText(ratio).length)));
  const cell = (ratio: Ratio, column: number): string => paint(ratioText(ratio).padStart(columns[column]!), percentOf(ratio));
  const row = (name: string, own: Totals): string => [oneLine(name).padEnd(nameWidth), ...METRICS.map((metric, column) => cell(own[metric], column))].join('  ');
  const head = [' '.repeat(nameWidth), ...METRICS.map((metric, column) => metric.padStart(columns[column]!))].join('  ');
  const missed = definitions.flatMap(({ name, file = name, points }) => placesText(firstMissed(points).map((point) => ({ ...point, file })), places));
  return `${[head, ...rows.map(([name, own]) => row(name, own)), ...(missed.length > 0 ? ['', 'not covered', ...missed] : [])].join('\n')}\n`;
}

/** A line for each metric below its threshold, and the first places that did not run; empty where all is well. */
export function shortfallText(report: CoverageReport, thresholds: CoverageThresholds, places = 5): string {
  return findShortfalls(report, thresholds)
    .flatMap(({ metric, percent, threshold, missed }) => [`${metric} ${percent} % covered, less than ${threshold} %`, ...placesText(missed, places)])
    .map((line) => `${line}\n`)
    .join('');
}

function placesText(missed: readonly (CoveredPoint & { readonly file: string })[], places: number): string[] {
  const lines = missed.slice(0, places).map((point) => `  ${oneLine(`${point.file}:${point.line}`)}  ${pointText(point)}`);
  return missed.length > places ? [...lines, `  … and ${missed.length - places} more`] : lines;
}

/** `ChargeCard Retry[1]`. */
export function pointText({ state, field }: CoveredPoint): string {
  return oneLine(field === '' ? state : `${state} ${field}`);
}

function ratioText(ratio: Ratio): string {
  return ratio.total === 0 ? '–' : `${percentOf(ratio)} % ${ratio.covered}/${ratio.total}`;
}

/** Names come from definitions: nothing in them may break a line or steer a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
