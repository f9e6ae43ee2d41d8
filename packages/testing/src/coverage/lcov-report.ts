import { coveredStates, type CoveredPoint, type DefinitionReport } from './coverage-report.ts';
import { oneLine } from './text-report.ts';

/**
 * Coverage of definitions in the format of lcov: states are its functions, transitions of states that have several its branches, and a line
 * counts as often as the thing on it that ran least.
 * @param fileOf the path each definition is found at
 * @see https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1
 */
export function coverageLcov(definitions: readonly DefinitionReport[], fileOf: (report: DefinitionReport) => string): string {
  const byFile = new Map<string, DefinitionReport[]>();
  for (const report of definitions) byFile.set(fileOf(report), [...(byFile.get(fileOf(report)) ?? []), report]);
  return [...byFile].map(([file, reports]) => recordOf(file, reports)).join('');
}

function recordOf(file: string, reports: readonly DefinitionReport[]): string {
  const points = reports.flatMap((report) => report.points);
  const states = points.filter(({ kind }) => kind === 'state');
  // A state with one way out has no branches.
  const choices = reports.flatMap(coveredStates).map(({ state, own }) => ({ state, ways: own.filter(({ kind }) => kind === 'transition') })).filter(({ ways }) => ways.length > 1);
  const branches = choices.flatMap(({ state, ways }, block) => ways.map(({ line, count }, branch) => ({ count, text: `BRDA:${line},${block},${branch},${state.count > 0 ? count : '-'}` })));
  const lines = [...countsByLine(points)].sort(([a], [b]) => a - b);
  return [
    'TN:',
    `SF:${oneLine(file)}`,
    ...states.map(({ line, state }) => `FN:${line},${oneLine(state)}`),
    ...states.map(({ count, state }) => `FNDA:${count},${oneLine(state)}`),
    `FNF:${states.length}`,
    `FNH:${covered(states)}`,
    ...branches.map(({ text }) => text),
    `BRF:${branches.length}`,
    `BRH:${covered(branches)}`,
    ...lines.map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(([, count]) => count > 0).length}`,
    'end_of_record\n',
  ].join('\n');
}

function covered(counted: readonly { readonly count: number }[]): number {
  return counted.filter(({ count }) => count > 0).length;
}

/** How often the lines ran: as often as the thing on them that ran least. */
function countsByLine(points: readonly CoveredPoint[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { line, count } of points) counts.set(line, Math.min(counts.get(line) ?? count, count));
  return counts;
}
