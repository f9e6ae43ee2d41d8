import { METRICS, METRIC_OF, percentOf, type CoveredPoint, type CoverageReport, type Metric } from './coverage-report.ts';

/** The least percentage of each metric, 0…100. */
export type CoverageThresholds = Readonly<Partial<Record<Metric, number>>>;

/** A metric below its threshold. */
export interface Shortfall {
  readonly metric: Metric;
  readonly percent: number;
  readonly threshold: number;
  /** What did not run, file by file in order of the text. */
  readonly missed: readonly (CoveredPoint & { readonly file: string })[];
}

/** What is below its threshold, over all definitions together. */
export function findShortfalls({ definitions, totals }: CoverageReport, thresholds: CoverageThresholds): Shortfall[] {
  return METRICS.flatMap((metric) => {
    const threshold = thresholds[metric];
    const percent = percentOf(totals[metric]);
    if (threshold === undefined || percent >= threshold) return [];
    const missed = definitions.flatMap(({ name, file = name, points }) => points.filter(({ kind, count }) => count === 0 && METRIC_OF[kind] === metric).map((point) => ({ ...point, file })));
    return [{ metric, percent, threshold, missed }];
  });
}
