import type { Json, JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon, StateGroup } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { compileCatchers, type Catcher } from '../flow/catch.ts';
import { applyInput, compileInput, type InputFlow } from '../flow/input.ts';
import { compileNumberField } from '../flow/number-field.ts';
import { applyAssign, applyResult, compileResult, type ResultFlow } from '../flow/result.ts';
import { compileRetriers, type Retrier } from '../flow/retry.ts';
import { compileAslPath, pathExpression } from '../query/asl-path.ts';
import { compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import type { Expression, Scope } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';
import { IterationDetails } from '../history/plain-event.ts';
import { openJoin, startChild } from '../execution/join.ts';
import { leave } from '../execution/transition.ts';
import type { Frame, MapItem } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';
import { compileDistributed, type DistributedMap } from './distributed-map.ts';
import { makeReady } from '../execution/execution.ts';

/** Implements the Map state. @see https://states-language.net/#map-state */
export interface MapState extends StateCommon {
  readonly type: 'Map';
  readonly processor: StateGroup;
  /** Present where ProcessorConfig.Mode is DISTRIBUTED. */
  readonly distributed: DistributedMap | undefined;
  readonly inputFlow: InputFlow;
  /** Items or ItemsPath; the effective input where absent. */
  readonly items: Expression | undefined;
  /** ItemSelector, or the legacy Parameters. */
  readonly itemSelector: Expression | undefined;
  readonly maxConcurrency: ((scope: Scope) => number) | undefined;
  readonly resultFlow: ResultFlow;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export function compileMap(raw: RawState, compiler: StateCompiler): MapState {
  const { common, site } = compiler;
  const isJsonata = common.language === 'JSONata';
  const processorField = raw['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = raw[processorField] as JsonObject;
  const config = processor['ProcessorConfig'] as JsonObject | undefined;
  return {
    ...common,
    type: 'Map',
    processor: compiler.group(processor, below(site, processorField)),
    distributed: config?.['Mode'] === 'DISTRIBUTED' ? compileDistributed(raw, config, compiler) : undefined,
    inputFlow: compileInput(raw, site),
    items: isJsonata ? compileItems(raw, site) : compileItemsPath(raw, site),
    itemSelector: compileTemplate(raw, 'ItemSelector', site) ?? (isJsonata ? undefined : compileTemplate(raw, 'Parameters', site)),
    maxConcurrency: compileNumberField(raw, 'MaxConcurrency', site),
    resultFlow: compileResult(raw, site),
    retriers: compileRetriers(raw, site),
    catchers: compileCatchers(raw, compiler),
  };
}

function compileItems(raw: RawState, site: Site): Expression | undefined {
  const items = raw['Items'];
  return isJsonataText(items) ? compileTypedJsonata(items, below(site, 'Items'), 'array') : compileTemplate(raw, 'Items', site);
}

function compileItemsPath(raw: RawState, site: Site): Expression | undefined {
  const path = raw['ItemsPath'];
  if (typeof path !== 'string') return undefined;
  const read = counted(below(site, 'ItemsPath'), pathExpression(compileAslPath(path)));
  return (scope) => {
    const items = read(scope);
    if (Array.isArray(items)) return items;
    // A path into the context object is shown without its second `$`.
    throw new Fault('States.Runtime', `Reference path "${path.replace(/^\$\$/, '$')}" must point to array.`);
  };
}

/** The items to iterate. The scope holds the effective input. */
export function readItems(run: Run, state: MapState): readonly Json[] {
  const items = findItems(run, state);
  run.observe?.('Items', items);
  return items;
}

function findItems(run: Run, state: MapState): readonly Json[] {
  if (state.items !== undefined) return state.items(run) as readonly Json[];
  if (Array.isArray(run.input)) return run.input;
  if (state.language === 'JSONPath') throw new Fault('States.Runtime', 'Reference path "$" must point to array.');
  throw new Fault('States.QueryEvaluationError', `Map state input must be an array but was: ${JSON.stringify(run.input)}`);
}

/** Starts the first wave of iterations. */
export function enterInlineMap(run: Run, frame: Frame, state: MapState): void {
  const input = applyInput(state.inputFlow, run);
  const items = readItems(run, state);
  const concurrency = readMaxConcurrency(run, state);
  run.record(frame, 'MapStateStarted', { length: items.length });
  const maxConcurrency = concurrency === 0 ? run.execution.limits.inlineConcurrency : concurrency;
  const join = openJoin(frame, { items, input, count: items.length, maxConcurrency });
  const started = frame.chain;
  while (join.next < join.count && join.running < join.maxConcurrency) startIteration(run, frame, state, started);
  if (join.count === 0) makeReady(run.execution, frame);
}

/** Reads MaxConcurrency; 0 is as many as possible. */
export function readMaxConcurrency(run: Run, state: MapState): number {
  const value = state.maxConcurrency?.(run) ?? 0;
  if (Number.isInteger(value) && value >= 0) {
    run.observe?.('MaxConcurrency', value);
    return value;
  }
  const error = state.language === 'JSONata' ? 'States.QueryEvaluationError' : 'States.Runtime';
  throw new Fault(error, `MaxConcurrency must be an integer that is not negative, but was: ${value}`);
}

/** Starts the next iteration. @param chain the event its first one follows */
export function startIteration(run: Run, frame: Frame, state: MapState, chain: number): void {
  const join = frame.join!;
  const item: MapItem = { index: join.next, value: join.items[join.next]! };
  const input = state.itemSelector === undefined ? item.value : selectItem(run, frame, state.itemSelector, item);
  const child = startChild(run, frame, state.processor, input, chain, item);
  run.record(child, 'MapIterationStarted', new IterationDetails(state.name, item.index));
}

function selectItem(run: Run, frame: Frame, selector: Expression, item: MapItem): Json {
  run.aim(frame, frame.join!.input);
  run.item = item;
  try {
    return selector(run);
  } finally {
    run.item = null;
  }
}

/** All iterations have succeeded: their outputs, in item order, are the result. */
export function finishInlineMap(run: Run, frame: Frame, state: MapState, results: Json): void {
  run.append('MapStateSucceeded', frame.chain);
  finishMap(run, frame, state, results);
}

/** Leaves the state with its result: an array of outputs, or what the ResultWriter says. */
export function finishMap(run: Run, frame: Frame, state: MapState, result: Json): void {
  run.aim(frame, frame.input);
  const assigned = applyAssign(state.resultFlow.assign, state.language, run, frame.input, result);
  leave(run, frame, applyResult(state.resultFlow, run, frame.input, result), assigned);
}
