import type { Json, JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState, StateCommon, Way } from '../program/program.ts';
import { below, counted, countedMatch, tallyOf, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { applyInput, applyOutputPath, compileInput, compileIoPath, type InputFlow } from '../flow/input.ts';
import { compileAslPath } from '../query/asl-path.ts';
import { compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import type { Expression, Scope } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';
import { failureOf } from '../execution/failure.ts';
import { failFrame } from '../execution/frame-end.ts';
import { leaveBy } from '../execution/transition.ts';
import type { Frame } from '../execution/frame.ts';
import type { Run } from '../execution/run.ts';
import { COMPARISONS, type Comparison, type ComparisonName } from './choice-operators.ts';

/** Implements the Choice state. @see https://states-language.net/#choice-state */
export interface ChoiceState extends StateCommon {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceBranch[];
  /** Taken where no rule matches; its Assign and Output are those of the state. */
  readonly fallback: ChoiceBranch;
  readonly inputFlow: InputFlow;
  readonly outputPath: Expression | null | undefined;
}

type Test = (scope: Scope) => boolean;

interface ChoiceBranch extends Way {
  readonly test: Test;
  readonly assign: Expression | undefined;
  readonly output: Expression | undefined;
}

export function compileChoice(raw: RawState, { common, site, link }: StateCompiler): ChoiceState {
  const isJsonata = common.language === 'JSONata';
  const branch = (rule: RawState, test: Test, target: 'Next' | 'Default', at: Site): ChoiceBranch => {
    const next = rule[target];
    const compiled: ChoiceBranch = {
      test,
      next: null,
      left: typeof next === 'string' ? tallyOf(below(at, target), 'transition') : undefined,
      assign: compileTemplate(rule, 'Assign', at),
      output: isJsonata ? compileTemplate(rule, 'Output', at) : undefined,
    };
    if (typeof next === 'string') link(next, (state) => (compiled.next = state));
    return compiled;
  };
  const rules = (raw['Choices'] as readonly JsonObject[]).map((rule, index) => {
    const at = below(below(site, 'Choices'), index);
    const test = isJsonata ? compileCondition(rule['Condition']!, below(at, 'Condition')) : compileRule(rule, at);
    return branch(rule, countedMatch(at, 'rule', test), 'Next', at);
  });
  return {
    ...common,
    type: 'Choice',
    rules,
    fallback: branch(raw, () => true, 'Default', site),
    inputFlow: compileInput(raw, site),
    outputPath: isJsonata ? undefined : compileIoPath(raw, 'OutputPath', site),
  };
}

export function enterChoice(run: Run, frame: Frame, state: ChoiceState): void {
  const input = applyInput(state.inputFlow, run);
  let taken = state.fallback;
  for (const rule of state.rules) {
    if (rule.test(run)) {
      taken = rule;
      break;
    }
  }
  if (taken.next === null) {
    const text = 'Failed to transition out of the state. The state does not point to a next state.';
    return failFrame(frame, failureOf(frame, new Fault('States.Runtime', text)));
  }
  const assigned = taken.assign?.(run);
  const output = taken.output === undefined ? applyOutputPath(state.outputPath, run, input) : taken.output(run);
  leaveBy(run, frame, taken, output, assigned);
}

function compileCondition(condition: Json, site: Site): Test {
  if (!isJsonataText(condition)) return () => condition === true;
  return compileTypedJsonata(condition, site, 'boolean') as Test;
}

function compileRule(rule: JsonObject, site: Site): Test {
  if (rule['And'] !== undefined) return all(compileRules(rule, 'And', site));
  if (rule['Or'] !== undefined) return any(compileRules(rule, 'Or', site));
  if (rule['Not'] !== undefined) return not(compileRule(rule['Not'] as JsonObject, below(site, 'Not')));
  return counted(below(site, 'Variable'), compileComparison(rule, site));
}

function compileRules(rule: JsonObject, field: 'And' | 'Or', site: Site): readonly Test[] {
  return (rule[field] as readonly JsonObject[]).map((inner, index) => compileRule(inner, below(below(site, field), index)));
}

const all = (tests: readonly Test[]): Test => (scope) => tests.every((test) => test(scope));
const any = (tests: readonly Test[]): Test => (scope) => tests.some((test) => test(scope));
const not = (test: Test): Test => (scope) => !test(scope);

function compileComparison(rule: JsonObject, site: Site): Test {
  const variable = compileAslPath(rule['Variable'] as string);
  if (rule['IsPresent'] !== undefined) {
    const wanted = rule['IsPresent'];
    return (scope) => (variable.find(scope) !== undefined) === wanted;
  }
  for (const [operator, operand] of Object.entries(rule)) {
    const comparison = comparisonOf(operator);
    if (!comparison) continue;
    const { compare, fromPath } = comparison;
    if (fromPath) {
      const path = counted(below(site, operator), required(operand as string));
      const value = required(variable.text);
      return (scope) => compare(value(scope), path(scope));
    }
    const value = required(variable.text);
    return (scope) => compare(value(scope), operand);
  }
  throw new Error(`Choice rule without operator: ${JSON.stringify(rule)}. Validate the definition before compiling it.`);
}

function comparisonOf(operator: string): { compare: Comparison; fromPath: boolean } | undefined {
  const fromPath = operator.endsWith('Path');
  const name = fromPath ? operator.slice(0, -4) : operator;
  return Object.hasOwn(COMPARISONS, name) ? { compare: COMPARISONS[name as ComparisonName], fromPath } : undefined;
}

/** Every operator but IsPresent needs a value at its path. */
function required(text: string): (scope: Scope) => Json {
  const path = compileAslPath(text);
  return (scope) => {
    const value = path.find(scope);
    if (value !== undefined) return value;
    throw new Fault('States.Runtime', `Invalid path '${text}': The choice state's condition path references an invalid value.`);
  };
}
