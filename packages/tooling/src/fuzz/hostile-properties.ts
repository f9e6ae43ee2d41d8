import assert from 'node:assert/strict';
import { validateDefinition } from '@interstate/core';
import type { Json, JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { generatedMachine } from './generated-machine.ts';
import { hostileKey, hostileValue, intrinsicText, jsonataText, pathText } from './hostile-values.ts';
import type { GeneratedMachine } from './machine-writer.ts';
import type { Property } from './property.ts';
import { runTiny } from './run-machine.ts';

/** Milliseconds one definition, path or expression may take, validated and run: generous, for machines that do other work beside. */
const LONGEST_MS = 6000;

const PROTOTYPES: readonly object[] = [Object, Array, Function, String, Number, Boolean, RegExp, Date, Map, Set, Promise, Error, Symbol].map(({ prototype }) => prototype as object);
const shape = (): string => PROTOTYPES.concat(globalThis).map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join('\n');
const methods = (): unknown[] => PROTOTYPES.flatMap((prototype) => Reflect.ownKeys(prototype).map((key) => Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown));

/** Runs something hostile: it comes back in time, and nothing that all code shares has changed. */
function harmless(work: () => void, given: () => string): void {
  const [shapeBefore, methodsBefore, started] = [shape(), methods(), performance.now()];
  work();
  const took = performance.now() - started;
  assert.ok(took < LONGEST_MS, `took ${Math.round(took)} ms: ${given().slice(0, 2000)}`);
  assert.equal(shape(), shapeBefore);
  const methodsAfter = methods();
  assert.ok(methodsBefore.every((method, index) => Object.is(method, methodsAfter[index])), 'a shared method was replaced');
}

/** Validates; runs what is valid. Neither may throw: what is wrong is a diagnostic or a failed execution. */
function validateAndRun(definition: Json, input: Json): void {
  const machine: GeneratedMachine = { definition: definition as JsonObject, input: input as JsonObject, tasks: {} };
  harmless(
    () => {
      const { result } = validateDefinition(definition);
      if (result === 'FAIL') return;
      const { end, history } = runTiny(machine, { limits: { historyEvents: 500 }, maxSteps: 5000 });
      JSON.stringify([end, history]);
    },
    () => JSON.stringify({ definition, input }),
  );
}

const input = fc.oneof(fc.constant<Json>({ a: 1, s: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', l: [1, { a: 1, s: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' }] }), hostileValue);

const wherePathsStand = (text: string): readonly JsonObject[] => [
  { Type: 'Pass', InputPath: text, End: true },
  { Type: 'Pass', OutputPath: text, End: true },
  { Type: 'Pass', Result: 1, ResultPath: text, End: true },
  { Type: 'Pass', Parameters: { 'v.$': text }, End: true },
  { Type: 'Wait', SecondsPath: text, End: true },
  { Type: 'Fail', ErrorPath: text, CausePath: text },
  { Type: 'Map', ItemsPath: text, MaxConcurrencyPath: text, ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true },
  { Type: 'Choice', Choices: [{ Variable: text, StringEqualsPath: text, Next: 'E' }], Default: 'E' },
];
const machineOf = (state: JsonObject, root: JsonObject = {}): JsonObject => ({ ...root, StartAt: 'S', States: { S: state, ...(state['Type'] === 'Choice' && { E: { Type: 'Succeed' } }) } });

const whereExpressionsStand = (text: string): readonly JsonObject[] => [
  { Type: 'Pass', Output: text, End: true },
  { Type: 'Pass', Assign: { v: text }, End: true },
  { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', Arguments: { v: [text] }, End: true },
  { Type: 'Wait', Seconds: text, End: true },
  { Type: 'Map', Items: text, ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true },
  { Type: 'Choice', Choices: [{ Condition: text, Next: 'E' }], Default: 'E' },
];

/** Every place in a value, as the keys that lead there. */
function places(value: Json, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => places(member as Json, [...at, key]))];
}

/** A copy with something else at a place. */
function replaced(value: Json, [key, ...rest]: readonly string[], put: Json): Json {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((member: Json, index) => (String(index) === key ? replaced(member, rest, put) : member));
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, name === key ? replaced(member, rest, put) : member]));
}

const damaged = fc.tuple(generatedMachine, fc.array(fc.tuple(fc.nat(), fc.oneof(hostileValue, pathText, jsonataText.map((text) => `{% ${text} %}`), hostileKey)), { minLength: 1, maxLength: 3 })).map(([machine, damages]) => {
  let definition: Json = machine.definition;
  for (const [which, put] of damages) {
    const all = places(definition);
    definition = replaced(definition, all[which % all.length]!, put);
  }
  return { definition, input: machine.input };
});

/** What must hold for input made to do harm. */
export const hostileProperties: readonly Property[] = [
  {
    name: 'any JSON as a definition is a diagnostic, never a crash',
    property: fc.property(hostileValue, (definition) => validateAndRun(definition, {})),
    runs: 100,
  },
  {
    name: 'damaged definitions are refused, or run to an end',
    property: fc.property(damaged, ({ definition, input: given }) => validateAndRun(definition, given)),
    runs: 100,
  },
  {
    name: 'any text as a path, in every field that takes one',
    property: fc.property(fc.oneof(pathText, intrinsicText), input, fc.nat(7), (text, given, where) => validateAndRun(machineOf(wherePathsStand(text)[where]!), given)),
    runs: 300,
  },
  {
    name: 'any text as JSONata, in every field that takes it',
    property: fc.property(jsonataText, input, fc.nat(5), (text, given, where) =>
      validateAndRun(machineOf(whereExpressionsStand(`{% ${text} %}`)[where]!, { QueryLanguage: 'JSONata' }), given),
    ),
    runs: 60,
  },
  {
    name: 'any payload through any machine',
    property: fc.property(generatedMachine, hostileValue, (machine, given) => validateAndRun(machine.definition, given)),
    runs: 60,
  },
];
