import type { Json } from '@interstate/kernel';
import type { RawState } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { compileAslPath, pathExpression } from '../query/asl-path.ts';
import type { Expression } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';
import type { StateScope } from './state-scope.ts';

/** How a state makes its effective input of its raw input. Absent parts leave the input as it is. */
export interface InputFlow {
  /** InputPath; null gives `{}`. */
  readonly inputPath: Expression | null | undefined;
  /** Parameters or Arguments. */
  readonly template: Expression | undefined;
}

/** @param hasTemplate whether the state takes Parameters, or Arguments */
export function compileInput(raw: RawState, site: Site, hasTemplate = false): InputFlow {
  const isJsonata = site.language === 'JSONata';
  return {
    inputPath: isJsonata ? undefined : compileIoPath(raw, 'InputPath', site),
    template: hasTemplate ? compileTemplate(raw, isJsonata ? 'Arguments' : 'Parameters', site) : undefined,
  };
}

/** InputPath and OutputPath: a path, null, or absent. `$` is absent in effect. */
export function compileIoPath(raw: RawState, field: 'InputPath' | 'OutputPath', site: Site): Expression | null | undefined {
  const path = raw[field];
  if (path === null) return null;
  if (typeof path !== 'string' || path === '$') return undefined;
  return counted(below(site, field), pathExpression(compileAslPath(path)));
}

const NOTHING: Json = Object.freeze({});

/** Applies InputPath. Leaves the filtered input in the scope and gives it back. */
export function applyInputPath(flow: InputFlow, scope: StateScope): Json {
  if (flow.inputPath !== undefined) scope.input = flow.inputPath === null ? NOTHING : flow.inputPath(scope);
  if (scope.observe !== undefined) scope.observe('InputPath', scope.input);
  return scope.input;
}

/** Applies InputPath and then Parameters, or Arguments. */
export function applyInput(flow: InputFlow, scope: StateScope): Json {
  const input = applyInputPath(flow, scope);
  const effective = flow.template === undefined ? input : flow.template(scope);
  if (scope.observe !== undefined) scope.observe('Parameters', effective);
  return effective;
}

/** Applies OutputPath to what ResultPath left. */
export function applyOutputPath(path: Expression | null | undefined, scope: StateScope, output: Json): Json {
  if (path === undefined) return output;
  if (path === null) return NOTHING;
  scope.input = output;
  return path(scope);
}
