import { listPoints, type Point, type PointKind } from '@interstate/core';
import type { JsonObject } from '@interstate/kernel';
import { mergeCoverage, type CoverageData, type DefinitionCounts } from './coverage-data.ts';
import { placeOf, type PointPlace } from './point-place.ts';
import { printDefinition, type DefinitionText } from './printed-definition.ts';
import { countsOfSoleStates, isSoleState } from './sole-states.ts';

/** What is counted, in the order of reports. */
export const METRICS = ['states', 'transitions', 'rules', 'retriers', 'catchers', 'expressions'] as const;
export type Metric = (typeof METRICS)[number];

export const METRIC_OF: Readonly<Record<PointKind, Metric>> = {
  state: 'states',
  transition: 'transitions',
  rule: 'rules',
  retrier: 'retriers',
  catcher: 'catchers',
  expression: 'expressions',
};

export interface Ratio {
  readonly covered: number;
  readonly total: number;
}

export type Totals = Readonly<Record<Metric, Ratio>>;

/** Something that can run, and how often it did. */
export interface CoveredPoint extends Point, PointPlace {
  readonly count: number;
  /** Line in the text of the definition, from 1. */
  readonly line: number;
}

export interface DefinitionReport {
  readonly name: string;
  /** File of the definition; undefined where nobody has named one: its text is then made from the definition. */
  readonly file: string | undefined;
  readonly source: DefinitionText;
  readonly definition: JsonObject;
  /** In order of the text. */
  readonly points: readonly CoveredPoint[];
  readonly totals: Totals;
}

export interface CoverageReport {
  readonly definitions: readonly DefinitionReport[];
  readonly totals: Totals;
}

/** A definition with the text it is shown in. */
export interface DefinitionSource extends DefinitionText {
  readonly name: string;
  /** Undefined where it stands in no file as such: its text is then made from the definition. */
  readonly file?: string;
  readonly definition: JsonObject;
  /** What ran of it, where that is known. */
  readonly ran?: CoverageData;
}

/**
 * Holds what ran against what can run.
 * @param data what ran of whatever definitions. It belongs to the first source with the same definition, or else with the same states and the
 * same things in the same places: substituted values may differ
 * @param sources definitions of which not all have to have run. Default: those that did
 */
export function reportCoverage(data: CoverageData, sources: readonly DefinitionSource[] = []): CoverageReport {
  const { definitions } = mergeCoverage(data);
  const soles = mergeCoverage(data, ...sources.flatMap(({ ran }) => ran ?? [])).definitions.filter(isSoleState);
  const texts = firstOf(sources, ({ definition }) => JSON.stringify(definition));
  const shapes = firstOf(sources, ({ definition }) => shapeOf(definition));
  const ran = new Map(sources.map((source): [DefinitionSource, DefinitionCounts[]] => [source, (source.ran?.definitions ?? []).filter((each) => !isSoleState(each))]));
  const others: DefinitionCounts[] = [];
  for (const each of definitions) {
    if (isSoleState(each)) continue;
    const source = texts.get(JSON.stringify(each.definition)) ?? shapes.get(shapeOf(each.definition));
    (source ? ran.get(source)! : others).push(each);
  }
  const reports = [
    ...[...ran].map(([source, counted]) => reportOn(source.name, source.file, source, source.definition, [...counted, countsOfSoleStates(source.definition, soles)])),
    ...others.map((each) => reportOn(each.name ?? 'StateMachine', undefined, printDefinition(each.definition), each.definition, [each, countsOfSoleStates(each.definition, soles)])),
  ];
  return { definitions: reports, totals: totalsOf(reports.flatMap(({ points }) => points)) };
}

function firstOf(sources: readonly DefinitionSource[], keyOf: (source: DefinitionSource) => string): ReadonlyMap<string, DefinitionSource> {
  return new Map(sources.toReversed().map((source) => [keyOf(source), source]));
}

function reportOn(name: string, file: string | undefined, source: DefinitionText, definition: JsonObject, counted: readonly DefinitionCounts[]): DefinitionReport {
  const { lineOf } = printDefinition(definition);
  const points = listPoints(definition)
    .map((point): CoveredPoint => {
      const count = counted.reduce((sum, { counts }) => sum + (Object.hasOwn(counts, point.pointer) ? counts[point.pointer]! : 0), 0);
      return { ...point, ...placeOf(definition, point.pointer), count, line: source.lineOf(point.pointer) };
    })
    // Printed, everything has a line of its own, whatever the file looks like.
    .sort((a, b) => lineOf(a.pointer) - lineOf(b.pointer));
  return { name, file, source, definition, points, totals: totalsOf(points) };
}

function totalsOf(points: readonly CoveredPoint[]): Totals {
  const totals = Object.fromEntries(METRICS.map((metric) => [metric, { covered: 0, total: 0 }])) as Record<Metric, { covered: number; total: number }>;
  for (const { kind, count } of points) {
    const ratio = totals[METRIC_OF[kind]];
    ratio.total++;
    if (count > 0) ratio.covered++;
  }
  return totals;
}

/** The same for definitions of which one could have become the other by substitution. */
function shapeOf(definition: JsonObject): string {
  return JSON.stringify(listPoints(definition).map(({ kind, pointer }) => [pointer, kind === 'state' ? (placeOf(definition, pointer).value as JsonObject)['Type'] : kind]));
}

/** A state, and what is its own: nothing of states inside it. */
export interface CoveredState {
  readonly state: CoveredPoint;
  readonly own: readonly CoveredPoint[];
}

export function coveredStates({ points }: DefinitionReport): CoveredState[] {
  const byState = new Map<string, CoveredPoint[]>();
  for (const point of points) {
    const own = byState.get(point.statePointer);
    if (own) own.push(point);
    else byState.set(point.statePointer, [point]);
  }
  return [...byState.values()].map((own) => ({ state: own.find(({ kind }) => kind === 'state')!, own }));
}

/** What did not run, but for what is within something else that did not. */
export function firstMissed(points: readonly CoveredPoint[]): CoveredPoint[] {
  const missed = new Set(points.filter(({ count }) => count === 0).map(({ pointer }) => pointer));
  return points.filter(({ pointer }) => {
    if (!missed.has(pointer)) return false;
    for (let outer = parentOf(pointer); outer !== ''; outer = parentOf(outer)) if (missed.has(outer)) return false;
    return true;
  });
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** Percent with one decimal, rounded down: 100 only where nothing is missing. 100 where there is nothing. */
export function percentOf({ covered, total }: Ratio): number {
  return total === 0 ? 100 : Math.floor((1000 * covered) / total) / 10;
}
