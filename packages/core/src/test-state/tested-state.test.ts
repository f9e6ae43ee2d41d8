import { nodeCrypto } from '@interstate/runtime';
import type { Json, JsonObject } from '@interstate/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionMachine } from '../execution/execution-machine.ts';
import type { StartNotice } from '../execution/execution.ts';
import { compileProgram } from '../program/compile.ts';
import cases from '../../cases/test-state.json' with { type: 'json' };
import { readTestedState, SOLE_STATE_NAME } from './read-tested-state.ts';
import { testState, type StateTest, type TestedState } from './tested-state.ts';

const CONTEXT = { now: 0, crypto: nodeCrypto };

interface Case {
  readonly description: string;
  readonly given: {
    readonly definition: JsonObject;
    readonly stateName?: string;
    readonly input?: Json;
    readonly variables?: JsonObject;
    readonly context?: JsonObject;
    readonly retries?: number;
    /** How the work ends; absent: it is left open. */
    readonly work?: { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: JsonObject };
  };
  readonly then: JsonObject & { readonly stages?: JsonObject };
}

describe('testState', () => {
  it.each(cases as unknown as readonly Case[])('$description', ({ given, then }) => {
    const { definition, stateName, input = {}, work, ...rest } = given;
    const { stages, ...tested } = test(definition, input, { work: () => work, ...rest } as Partial<StateTest>, stateName);
    expect({ ...tested, stages: Object.fromEntries(stages) }).toEqual({ variables: {}, stages: {}, ...then });
  });

  it('gives what an execution of the state gives', () => {
    fc.assert(
      fc.property(PASS, INPUT, (fields, input) => {
        const state = { Type: 'Pass', End: true, ...fields } as JsonObject;
        const { status, output, failure } = test(state, input);
        expect({ status, output, error: failure?.Error }).toEqual(execute(state, input));
      }),
      { numRuns: 300 },
    );
  });

  it('lets what work throws pass', () => {
    const work = (): never => {
      throw new RangeError('of the caller');
    };
    expect(() => test({ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true }, {}, { work })).toThrow('of the caller');
  });
});

const PATH = fc.constantFrom('$', '$.a', '$.a.b', '$.none', '$[0]', '$$.State.Name', null);
const PASS = fc.record(
  {
    InputPath: PATH,
    OutputPath: PATH,
    ResultPath: fc.constantFrom('$', '$.r', '$.a.r', '$.a[0]', null),
    Result: fc.constantFrom<Json>(1, { k: [1] }, null),
    Parameters: fc.constantFrom<JsonObject>({ x: 1 }, { 'x.$': '$.a' }, { 'x.$': "States.Format('{}', $.b)" }),
    Assign: fc.constantFrom<JsonObject>({ v: 1 }, { 'v.$': '$.a' }),
  },
  { requiredKeys: [] },
);
const INPUT = fc.constantFrom<Json>({}, { a: { b: 1 } }, { a: [1, 2], b: 'x' }, [3], 'text', null);

function start(input: Json): StartNotice {
  const arn = 'arn:aws:states:us-east-1:123456789012';
  return {
    type: 'start',
    programId: 'p',
    input,
    executionArn: `${arn}:execution:m:e`,
    stateMachineArn: `${arn}:stateMachine:m`,
    roleArn: 'r',
    seed: [1, 2, 3, 4],
  };
}

function test(definition: JsonObject, input: Json, options: Partial<StateTest> = {}, stateName?: string): TestedState {
  const read = readTestedState(JSON.stringify(definition), stateName);
  if ('diagnostics' in read) throw new Error(JSON.stringify(read.diagnostics));
  return testState({ program: read.program, state: read.state!, start: start(input), work: () => undefined, ...options }, CONTEXT);
}

function execute(state: JsonObject, input: Json): { readonly status: string; readonly output: Json | undefined; readonly error: string | undefined } {
  const program = compileProgram({ StartAt: SOLE_STATE_NAME, States: { [SOLE_STATE_NAME]: state } });
  const machine = executionMachine(() => program);
  const execution = machine.load(new Map());
  machine.step(execution, { type: 'notice', from: '', notice: start(input) as unknown as Json }, CONTEXT);
  const { status, ending } = execution;
  return { status, output: ending?.output, error: ending?.error };
}
