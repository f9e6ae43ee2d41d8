import type { CoverageReport } from './coverage-report.ts';

/** The report as JSON text: totals, and per definition everything that can run with how often it did. */
export function coverageJson({ definitions, totals }: CoverageReport): string {
  const shown = definitions.map(({ name, file, totals: own, points }) => ({
    name,
    ...(file !== undefined && { file }),
    totals: own,
    points: points.map(({ kind, pointer, count, line }) => ({ kind, pointer, line, count })),
  }));
  return `${JSON.stringify({ totals, definitions: shown }, null, 2)}\n`;
}
