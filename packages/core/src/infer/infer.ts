import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { parseReferencePath } from '../query/result-path.ts';
import { readPath, readTemplate, type Sight } from './reads.ts';
import { kind, noteKind, putAt, readItems, union, unknown, type Shape, type Unknown } from './shape.ts';

/** What can be known of a definition's data without running it. */
export interface InferredTypes {
  readonly input: Unknown;
  /** Undefined where no end was found to succeed. */
  readonly output: Shape | undefined;
  readonly variables: ReadonlyMap<string, Shape>;
  readonly states: readonly string[];
  readonly tasks: ReadonlyMap<string, { readonly arguments: Shape; readonly result: Unknown }>;
}

/** A state is gone through with so many different inputs at most: a loop makes a new one each time. */
const MAX_INPUTS = 4;

interface Visit {
  readonly name: string;
  readonly input: Shape;
  readonly isSure: boolean;
}

interface Group {
  readonly states: JsonObject;
  readonly context: Shape;
  readonly language: string;
  readonly outputs: Shape[];
  readonly open: Visit[];
}

interface Inference {
  readonly variables: Map<string, Shape>;
  readonly tasks: Map<string, { arguments: Shape; readonly result: Unknown }>;
  readonly names: Set<string>;
  readonly inputs: Map<JsonObject, number>;
}

const NOTHING: Shape = { type: 'json', value: {} };
const ERROR_OUTPUT: Shape = { type: 'object', members: new Map([['Error', kind('string')], ['Cause', kind('string')]]) };

/** Goes through a definition that `validateDefinition` accepts, by its paths, templates and expressions; nothing is run. */
export function inferTypes(definition: JsonObject): InferredTypes {
  const inference: Inference = { variables: new Map(), tasks: new Map(), names: new Set(), inputs: new Map() };
  const input = unknown();
  const context = over(unknown(), { Execution: over(unknown(), { Input: input }) });
  const output = inferGroup(definition, input, true, context, (definition['QueryLanguage'] as string | undefined) ?? 'JSONPath', inference);
  return { input, output, variables: inference.variables, states: [...inference.names], tasks: inference.tasks };
}

function over(below: Shape, members: Readonly<Record<string, Shape>>): Shape {
  return { type: 'over', below, members: new Map(Object.entries(members)) };
}

function inferGroup(raw: JsonObject, input: Shape, isSure: boolean, context: Shape, language: string, inference: Inference): Shape | undefined {
  const states = raw['States'] as JsonObject;
  for (const name of Object.keys(states)) inference.names.add(name);
  const group: Group = { states, context, language, outputs: [], open: [{ name: raw['StartAt'] as string, input, isSure }] };
  for (let visit = group.open.pop(); visit !== undefined; visit = group.open.pop()) {
    const state = Object.hasOwn(group.states, visit.name) ? group.states[visit.name]! : null;
    if (!isJsonObject(state)) {
      // A `${Name}` that is filled in later.
      group.outputs.push(unknown());
      continue;
    }
    const inputs = (inference.inputs.get(state) ?? 0) + 1;
    inference.inputs.set(state, inputs);
    if (inputs <= MAX_INPUTS) inferState(visit, state, group, inference);
    // What else may come of it is not known.
    else group.outputs.push(unknown());
  }
  return group.outputs.length === 0 ? undefined : union(group.outputs);
}

function inferState({ name, input, isSure }: Visit, state: JsonObject, group: Group, inference: Inference): void {
  const language = (state['QueryLanguage'] as string | undefined) ?? group.language;
  const isPath = language === 'JSONPath';
  const sight: Sight = { input, context: group.context, variables: inference.variables, isSure };
  const effective = isPath ? ioPath(state['InputPath'], sight) : input;
  const within: Sight = { ...sight, input: effective };
  const template = state[isPath ? 'Parameters' : 'Arguments'];
  const given = template === undefined || state['Type'] === 'Map' ? effective : readTemplate(template, within, language);
  const type = state['Type'] as string;

  if (type === 'Choice') return inferChoice(state, within, input, language, group, inference);
  if (type === 'Fail') return readTexts(state, ['Error', 'Cause'], 'string', within, language);
  if (type === 'Wait') {
    readTexts(state, ['Seconds'], 'number', within, language);
    readTexts(state, ['Timestamp'], 'string', within, language);
  }
  const result = resultOf(name, type, state, given, within, language, group, inference);
  for (const catcher of objectsIn(state['Catch'])) {
    const caught: Sight = { ...sight, errorOutput: ERROR_OUTPUT, isSure: false };
    if (catcher['Assign'] !== undefined) assign(catcher['Assign'], isPath ? { ...caught, input: ERROR_OUTPUT } : caught, language, inference);
    const made = isPath ? putResult(catcher['ResultPath'], input, ERROR_OUTPUT) : catcher['Output'] === undefined ? ERROR_OUTPUT : readTemplate(catcher['Output'], caught, language);
    group.open.push({ name: catcher['Next'] as string, input: made, isSure: false });
  }
  if (result === undefined) return;
  if (state['Assign'] !== undefined) assign(state['Assign'], isPath ? { ...sight, input: result } : { ...sight, result }, language, inference);
  go(state, outputOf(type, state, result, sight, language), isSure, group);
}

function go(state: JsonObject, output: Shape, isSure: boolean, group: Group): void {
  if (typeof state['Next'] === 'string') group.open.push({ name: state['Next'], input: output, isSure });
  else group.outputs.push(output);
}

/** What the state's work gives: undefined where it never ends well. */
function resultOf(name: string, type: string, state: JsonObject, given: Shape, sight: Sight, language: string, group: Group, inference: Inference): Shape | undefined {
  switch (type) {
    case 'Pass':
      return state['Result'] === undefined || language !== 'JSONPath' ? given : { type: 'json', value: state['Result'] };
    case 'Task': {
      const known = inference.tasks.get(name);
      const task = known ?? { arguments: given, result: unknown() };
      if (known) known.arguments = union([...(known.arguments.type === 'union' ? known.arguments.of : [known.arguments]), given]);
      else inference.tasks.set(name, task);
      return task.result;
    }
    case 'Parallel': {
      const branches = objectsIn(state['Branches']).map((branch) => inferGroup(branch, given, sight.isSure, group.context, group.language, inference));
      return branches.includes(undefined) ? undefined : { type: 'tuple', items: branches as Shape[] };
    }
    case 'Map':
      return inferMap(state, given, sight, language, group, inference);
    default:
      return given;
  }
}

function inferMap(state: JsonObject, effective: Shape, sight: Sight, language: string, group: Group, inference: Inference): Shape {
  const isPath = language === 'JSONPath';
  const path = state['ItemsPath'];
  const list = isPath ? (typeof path === 'string' ? readPath(path, sight) : effective) : state['Items'] === undefined ? effective : readTemplate(state['Items'], sight, language);
  const isRead = state['ItemReader'] !== undefined;
  if (isRead) {
    const reader = state['ItemReader'] as JsonObject;
    const parameters = reader[isPath ? 'Parameters' : 'Arguments'];
    if (parameters !== undefined) readTemplate(parameters, sight, language);
  }
  const item = isRead ? unknown() : readItems(list);
  const context = over(group.context, { Map: over(unknown(), { Item: over(unknown(), { Index: kind('number'), Value: item }) }) });
  const selector = state['ItemSelector'] ?? (isPath ? state['Parameters'] : undefined);
  const selected = selector === undefined ? item : readTemplate(selector, { ...sight, context, isSure: false }, language);
  const input = state['ItemBatcher'] === undefined ? selected : over(unknown(), { Items: { type: 'list', items: selected } });
  const processor = (state['ItemProcessor'] ?? state['Iterator']) as JsonObject;
  const output = inferGroup(processor, input, sight.isSure, context, group.language, inference);
  return state['ResultWriter'] !== undefined ? unknown() : output === undefined ? { type: 'json', value: [] } : { type: 'list', items: output };
}

function outputOf(type: string, state: JsonObject, result: Shape, sight: Sight, language: string): Shape {
  if (language !== 'JSONPath') return state['Output'] === undefined ? result : readTemplate(state['Output'], { ...sight, ...(WORKS.has(type) && { result }) }, language);
  if (!WORKS.has(type) && type !== 'Pass') return ioPath(state['OutputPath'], { ...sight, input: result });
  const selected = state['ResultSelector'] === undefined ? result : readTemplate(state['ResultSelector'], { ...sight, input: result }, language);
  return ioPath(state['OutputPath'], { ...sight, input: putResult(state['ResultPath'], sight.input, selected) });
}

const WORKS: ReadonlySet<string> = new Set(['Task', 'Map', 'Parallel']);

function putResult(path: Json | undefined, input: Shape, result: Shape): Shape {
  if (path === null) return input;
  return typeof path === 'string' && path !== '$' ? putAt(input, parseReferencePath(path) ?? [], result) : result;
}

function ioPath(path: Json | undefined, sight: Sight): Shape {
  if (path === null) return NOTHING;
  return typeof path === 'string' ? readPath(path, sight) : sight.input;
}

/** `Seconds` with its `SecondsPath`, or with an expression. */
function readTexts(state: JsonObject, fields: readonly string[], of: 'string' | 'number', sight: Sight, language: string): void {
  for (const field of fields) {
    const path = state[`${field}Path`];
    if (typeof path === 'string' && path.startsWith('$')) noteKind(readPath(path, sight), of);
    if (language !== 'JSONPath' && state[field] !== undefined) noteKind(readTemplate(state[field], sight, language), of);
  }
}

function assign(template: Json, sight: Sight, language: string, { variables }: Inference): void {
  const made = readTemplate(template, sight, language);
  if (made.type !== 'object') return;
  for (const [name, shape] of made.members) {
    const before = variables.get(name);
    variables.set(name, before === undefined ? shape : union([...(before.type === 'union' ? before.of : [before]), shape]));
  }
}

function inferChoice(state: JsonObject, sight: Sight, input: Shape, language: string, group: Group, inference: Inference): void {
  const isPath = language === 'JSONPath';
  // Only the first rule is always asked.
  for (const [index, rule] of objectsIn(state['Choices']).entries()) {
    const asked: Sight = { ...sight, isSure: sight.isSure && index === 0 };
    if (isPath) readRule(rule, asked);
    else if (rule['Condition'] !== undefined) readTemplate(rule['Condition'], asked, language);
    leaveBy(rule, rule['Next'] as string, sight, input, language, group, inference);
  }
  if (typeof state['Default'] === 'string') leaveBy(state, state['Default'], sight, input, language, group, inference);
}

function leaveBy(raw: JsonObject, next: string, sight: Sight, input: Shape, language: string, group: Group, inference: Inference): void {
  const maybe: Sight = { ...sight, isSure: false };
  if (raw['Assign'] !== undefined) assign(raw['Assign'], maybe, language, inference);
  const isPath = language === 'JSONPath';
  const output = isPath ? ioPath(raw['OutputPath'], maybe) : raw['Output'] === undefined ? input : readTemplate(raw['Output'], maybe, language);
  group.open.push({ name: next, input: output, isSure: false });
}

/** The objects of a list; none where a `${Name}` stands for it. */
function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter((each) => isJsonObject(each)) : [];
}

const OPERAND_KINDS: readonly (readonly [RegExp, 'string' | 'number' | 'boolean'])[] = [
  [/^(?:String|Timestamp)/, 'string'], [/^Numeric/, 'number'], [/^Boolean/, 'boolean'],
];

function readRule(rule: JsonObject, sight: Sight): void {
  for (const list of ['And', 'Or']) {
    for (const [index, inner] of objectsIn(rule[list]).entries()) readRule(inner, { ...sight, isSure: sight.isSure && index === 0 });
  }
  if (isJsonObject(rule['Not'] ?? null)) readRule(rule['Not'] as JsonObject, sight);
  const variable = rule['Variable'];
  if (typeof variable !== 'string') return;
  const operator = Object.keys(rule).find((key) => /^(?:Is|String|Numeric|Boolean|Timestamp)/.test(key)) ?? '';
  // These may be asked of what is not there, or of anything.
  const value = readPath(variable, { ...sight, isSure: sight.isSure && operator !== 'IsPresent' });
  const of = OPERAND_KINDS.find(([test]) => test.test(operator))?.[1];
  if (of === undefined) return;
  noteKind(value, of);
  const operand = rule[operator];
  if (operator.endsWith('Path') && typeof operand === 'string') noteKind(readPath(operand, sight), of);
}
