import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { MockAnswer } from '../mocks/mock.ts';
import { readExpectation, type Expectation } from './expectation.ts';
import type { TestCloud } from '../test-cloud.ts';
import { applyBehaviours, readBehaviours } from './behaviour.ts';
import { checkTarget } from './check-names.ts';
import { at, member, optionalText, TestFileError } from './reading.ts';
import { readResources, type ResourceCall } from './resources.ts';

/** A test of a state machine, as data. */
export interface FileTest {
  readonly name: string;
  /** Where it stands in its file: `tests.pays`. */
  readonly place: string;
  readonly input: Json;
  /** Calls that make what is there before the state machine runs: those of the file, then the test's. */
  readonly resources: readonly ResourceCall[];
  /** Mocks by target, and where each stands in the file; those of the file come before the test's own, which are asked first. */
  readonly mocks: readonly (readonly [target: string, behaviours: readonly MockAnswer[], place: string])[];
  readonly expect: Expectation;
  /** Left out, with the reason where there is one. */
  readonly skip: boolean;
  /** Only such tests of the file are run, where there are any. */
  readonly only: boolean;
}

/** What stands in a file `order.asl.test.json` or `.yaml`. */
export interface TestFile {
  /** File of the definition, relative to this one; undefined: the file of the same name without `.test`. */
  readonly definition: string | undefined;
  /** Which one, where the file has several. */
  readonly stateMachine: string | undefined;
  readonly substitutions: Readonly<Record<string, string | number | boolean>>;
  /** Module with local functions, relative to this file. */
  readonly functions: string | undefined;
  readonly startTime: string | undefined;
  /** Of the cloud: twelve digits, and a region. Undefined: 123456789012 and us-east-1. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly seed: number | undefined;
  readonly type: 'STANDARD' | 'EXPRESS' | undefined;
  /** A MockConfigFile of Step Functions Local, relative to this file. */
  readonly mockConfig: string | undefined;
  readonly tests: readonly FileTest[];
}

const MEMBERS = ['definition', 'stateMachine', 'substitutions', 'functions', 'startTime', 'account', 'region', 'seed', 'type', 'mockConfig', 'resources', 'mocks', 'tests', '$schema'] as const;
const TEST_MEMBERS = ['name', 'input', 'resources', 'mocks', 'expect', 'skip', 'only'] as const;

/** Reads the parsed content of a test file. @throws TestFileError naming the place, what is wrong and what is known there */
export function readTestFile(content: unknown): TestFile {
  const file = member(content, '', MEMBERS);
  const shared = { mocks: readMocks(file['mocks'], 'mocks'), resources: readResources(file['resources'], 'resources') };
  const tests = testsIn(file['tests'] ?? null, shared);
  if (tests.length === 0) throw new TestFileError('tests: there is no test. Write tests: { "name": { "input": {…}, "expect": {…} } }.');
  const seed = file['seed'];
  const type = optionalText(file['type'], 'type');
  if (seed !== undefined && !(Number.isSafeInteger(seed) && (seed as number) >= 0)) throw new TestFileError(`seed: must be a whole number from 0, but is ${JSON.stringify(seed)}.`);
  if (type !== undefined && type !== 'STANDARD' && type !== 'EXPRESS') throw new TestFileError(`type: must be STANDARD or EXPRESS, but is ${JSON.stringify(type)}.`);
  const startTime = optionalText(file['startTime'], 'startTime');
  if (startTime !== undefined && Number.isNaN(Date.parse(startTime))) throw new TestFileError(`startTime: must be ISO 8601, as in 2026-01-01T00:00:00Z, but is ${JSON.stringify(startTime)}.`);
  const region = optionalText(file['region'], 'region');
  if (region !== undefined && !/^[a-z0-9-]+$/.test(region)) throw new TestFileError(`region: must be the name of a region, as in eu-central-1, but is ${JSON.stringify(region)}.`);
  const account = file['account'];
  if (account !== undefined && !(typeof account === 'string' && /^\d{12}$/.test(account))) throw new TestFileError(`account: must be a text of twelve digits, in quotes in YAML, but is ${JSON.stringify(account)}.`);
  return {
    definition: optionalText(file['definition'], 'definition'),
    stateMachine: optionalText(file['stateMachine'], 'stateMachine'),
    substitutions: readSubstitutions(file['substitutions']),
    functions: optionalText(file['functions'], 'functions'),
    startTime,
    account,
    region,
    seed: seed as number | undefined,
    type,
    mockConfig: optionalText(file['mockConfig'], 'mockConfig'),
    tests,
  };
}

/** What every test of the file has. */
type Shared = Pick<FileTest, 'mocks' | 'resources'>;

function readSubstitutions(value: Json | undefined): TestFile['substitutions'] {
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw new TestFileError('substitutions: must be an object: a name → its value.');
  for (const [name, each] of Object.entries(value)) if (!['string', 'number', 'boolean'].includes(typeof each)) throw new TestFileError(`${at('substitutions', name)}: must be a text, a number, true or false, but is ${JSON.stringify(each)}.`);
  return value as TestFile['substitutions'];
}

/** An object of tests by name, or a list of tests with names. */
function testsIn(value: Json, shared: Shared): FileTest[] {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each, index) => readTest(each, `tests[${index}]`, undefined, shared));
  if (isJsonObject(value)) return Object.entries(value).map(([name, each]) => readTest(each, at('tests', name), name, shared));
  throw new TestFileError('tests: must be an object of tests by name, or a list of tests.');
}

function readTest(value: Json, place: string, key: string | undefined, shared: Shared): FileTest {
  const test = member(value, place, TEST_MEMBERS);
  const name = key ?? optionalText(test['name'], at(place, 'name'));
  if (name === undefined) throw new TestFileError(`${place}: a test in a list needs a name.`);
  return {
    name,
    place,
    input: test['input'] ?? {},
    resources: [...shared.resources, ...readResources(test['resources'], at(place, 'resources'))],
    mocks: [...shared.mocks, ...readMocks(test['mocks'], at(place, 'mocks'))],
    expect: readExpectation(test['expect'] ?? {}, at(place, 'expect')),
    skip: test['skip'] !== undefined && test['skip'] !== false,
    only: test['only'] === true,
  };
}

/** Teaches a cloud the mocks of a test file's `mocks`, for this definition. @throws TestFileError */
export function applyMocks(cloud: Pick<TestCloud, 'mock'>, mocks: Json, definition: JsonObject): void {
  for (const [target, behaviours, place] of readMocks(mocks, 'mocks')) {
    checkTarget(target, place, [definition]);
    applyBehaviours(cloud.mock(target), behaviours);
  }
}

function readMocks(value: Json | undefined, place: string): FileTest['mocks'] {
  if (value === undefined) return [];
  if (!isJsonObject(value)) throw new TestFileError(`${place}: must be an object: a state, path or resource → what it answers.`);
  return Object.entries(value as JsonObject).map(([target, behaviours]) => [target, readBehaviours(behaviours, at(place, target)), at(place, target)] as const);
}
