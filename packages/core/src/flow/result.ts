import type { Json } from '@interstate/kernel';
import type { QueryLanguage, RawState } from '../program/program.ts';
import type { Site } from '../program/site.ts';
import { applyResultPath, parseReferencePath, type ReferenceSteps } from '../query/result-path.ts';
import type { Expression } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';
import { applyOutputPath, compileIoPath } from './input.ts';
import type { StateScope } from './state-scope.ts';

/** How a state makes its output of its result: ResultSelector, ResultPath, OutputPath; or Output. Assign runs beside. */
export interface ResultFlow {
  readonly selector: Expression | undefined;
  readonly path: ResultPath | null | undefined;
  readonly outputPath: Expression | null | undefined;
  /** JSONata Output. */
  readonly output: Expression | undefined;
  readonly assign: Expression | undefined;
}

interface ResultPath {
  readonly text: string;
  readonly steps: ReferenceSteps;
}

/** @param raw a state or a Catcher */
export function compileResult(raw: RawState, site: Site): ResultFlow {
  const assign = compileTemplate(raw, 'Assign', site);
  if (site.language === 'JSONata') {
    return { selector: undefined, path: undefined, outputPath: undefined, output: compileTemplate(raw, 'Output', site), assign };
  }
  return {
    selector: compileTemplate(raw, 'ResultSelector', site),
    path: compileResultPath(raw['ResultPath']),
    outputPath: compileIoPath(raw, 'OutputPath', site),
    output: undefined,
    assign,
  };
}

/** Null discards the result; absent and `$` replace the input. */
export function compileResultPath(path: Json | undefined): ResultPath | null | undefined {
  if (path === null) return null;
  if (typeof path !== 'string' || path === '$') return undefined;
  const steps = parseReferencePath(path);
  if (!steps) throw new Error(`Not a Reference Path: ${path}. Validate the definition before compiling it.`);
  return { text: path, steps };
}

/** The state's output. `rawInput` is the input before InputPath: ResultPath merges into that one. */
export function applyResult(flow: ResultFlow, scope: StateScope, rawInput: Json, result: Json): Json {
  if (flow.output !== undefined) {
    scope.input = rawInput;
    scope.result = result;
    return flow.output(scope);
  }
  let output = result;
  if (flow.selector !== undefined) {
    scope.input = result;
    output = flow.selector(scope);
  }
  if (scope.observe !== undefined) scope.observe('ResultSelector', output);
  if (flow.path === null) output = rawInput;
  else if (flow.path !== undefined) output = applyResultPath(rawInput, flow.path.steps, output, flow.path.text);
  if (scope.observe !== undefined) scope.observe('ResultPath', output);
  return applyOutputPath(flow.outputPath, scope, output);
}

/** The variables assigned beside the output: in JSONPath `$` is the result, in JSONata `$states.input` the raw input. */
export function applyAssign(assign: Expression | undefined, language: QueryLanguage, scope: StateScope, rawInput: Json, result: Json): Json | undefined {
  if (assign === undefined) return undefined;
  if (language === 'JSONata') {
    scope.input = rawInput;
    scope.result = result;
  } else scope.input = result;
  return assign(scope);
}
