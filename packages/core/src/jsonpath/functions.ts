import type { Json } from '@interstate/kernel';
import { Failure } from './error.ts';
import type { Value } from './java-value.ts';
import { JavaDouble, KeySet, isList, isMap, javaText, toJson, toJsonDeep } from './java-value.ts';

/** A parameter of a call: its value, asked for only where the function uses it. */
export type Argument = () => Value;

type PathFunction = (model: Value, parameters: readonly Argument[]) => Value;

function isNumber(value: Value): value is number | JavaDouble {
  return typeof value === 'number' || value instanceof JavaDouble;
}

function toNumber(value: number | JavaDouble): number {
  return typeof value === 'number' ? value : value.value;
}

function items(value: Value): readonly Value[] {
  return isList(value) ? value : [];
}

/** Parameters with lists among them opened. */
function spread(parameters: readonly Argument[]): Value[] {
  return parameters.flatMap<Value>((parameter) => {
    const value = parameter();
    return isList(value) ? value : [value];
  });
}

function aggregate(reduce: (numbers: readonly number[]) => number): PathFunction {
  return (model, parameters) => {
    const numbers = [...items(model), ...spread(parameters)].filter(isNumber).map(toNumber);
    if (numbers.length === 0) throw new Failure('other', 'Aggregation function attempted to calculate value using empty array');
    return new JavaDouble(reduce(numbers));
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function deviation(numbers: readonly number[]): number {
  const total = sum(numbers);
  const squares = sum(numbers.map((number) => number * number));
  return Math.sqrt(squares / numbers.length - (total * total) / numbers.length / numbers.length);
}

function sequence(indexOf: (parameters: readonly Argument[]) => number): PathFunction {
  return (model, parameters) => {
    if (!isList(model)) throw new Failure('other', 'Aggregation function attempted to calculate value using empty array');
    const index = indexOf(parameters);
    const at = index < 0 ? model.length + index : index;
    // Counting from the end never reaches the first item.
    if (index < 0 && at <= 0) throw new Failure('other', `Target index:${index} larger than object count:${model.length}`);
    if (at >= model.length) throw new Failure('bounds', `Index ${at} out of bounds for length ${model.length}`);
    return model[at]!;
  };
}

function indexParameter(parameters: readonly Argument[]): number {
  const number = spread(parameters).find(isNumber);
  if (number === undefined) throw new Failure('bounds', 'Index 0 out of bounds for length 0');
  return Math.trunc(toNumber(number));
}

/** Length of an array or object, null of anything else. */
export function lengthOf(model: Value): number | null {
  return isList(model) ? model.length : isMap(model) ? Object.keys(model).length : null;
}

function concat(model: Value, parameters: readonly Argument[]): Value {
  let text = '';
  for (const item of items(model)) if (typeof item === 'string') text += item;
  for (const value of spread(parameters)) if (value !== null) text += javaText(value);
  return text;
}

function append(model: Value, parameters: readonly Argument[]): Value {
  if (!isList(model)) return model;
  return [...model, ...parameters.map((parameter): Json => toJsonDeep(toJson(parameter())))];
}

/** The functions of paths by name, but for `length` and `size`, which look at their parameter as a path. */
export const FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ['sum', aggregate(sum)],
  ['avg', aggregate((numbers) => sum(numbers) / numbers.length)],
  ['min', aggregate((numbers) => numbers.reduce((least, number) => Math.min(least, number)))],
  // Starts from the smallest positive Double, as Jayway does: what is negative never wins.
  ['max', aggregate((numbers) => numbers.reduce((most, number) => Math.max(most, number), Number.MIN_VALUE))],
  ['stddev', aggregate(deviation)],
  ['concat', concat],
  ['append', append],
  ['keys', (model) => (isMap(model) ? new KeySet(Object.keys(model)) : null)],
  ['first', sequence(() => 0)],
  ['last', sequence(() => -1)],
  ['index', sequence(indexParameter)],
]);
