import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ChoiceOperator } from './choice-rule.ts';
import { defineStateMachine, type StateMachineDefinition } from './state-machine.ts';
import type { State, StateType } from './state.ts';

describe('the types of a definition', () => {
  it('accept a machine that uses everything, and keep the names of its states', () => {
    const definition = defineStateMachine({
      Comment: 'An order',
      StartAt: 'Prepare',
      TimeoutSeconds: 3600,
      States: {
        Prepare: { Type: 'Pass', Parameters: { 'id.$': '$.orderId', tags: ['a', { 'b.$': '$.c' }] }, ResultPath: '$.order', Next: 'Check' },
        Check: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.amount', NumericGreaterThan: 100, Next: 'All' },
            { And: [{ Variable: '$.a', IsPresent: true }, { Not: { Variable: '$.a', StringMatches: 'x*' } }], Next: 'Later', Assign: { 'a.$': '$.a' } },
          ],
          Default: 'Refuse',
        },
        Later: { Type: 'Wait', Seconds: 5, Next: 'Charge' },
        Charge: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'charge' },
          TimeoutSeconds: 10,
          HeartbeatSecondsPath: '$.beat',
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, JitterStrategy: 'FULL' }],
          Catch: [{ ErrorEquals: ['Card.Declined'], ResultPath: null, Next: 'Refuse' }],
          Credentials: { 'RoleArn.$': '$.role' },
          End: true,
        },
        All: {
          Type: 'Map',
          QueryLanguage: 'JSONata',
          Items: '{% $states.input.items %}',
          MaxConcurrency: '{% 2 %}',
          ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', OutputPath: '$.x', End: true } } },
          Output: { done: '{% $states.result %}' },
          Next: 'Done',
        },
        Done: { Type: 'Succeed', InputPath: null },
        Refuse: { Type: 'Fail', ErrorPath: "States.Format('{}', $.e)", Cause: 'no' },
      },
    });
    expectTypeOf<keyof typeof definition.States>().toEqualTypeOf<'Prepare' | 'Check' | 'Later' | 'Charge' | 'All' | 'Done' | 'Refuse'>();
    expectTypeOf(definition).toExtend<StateMachineDefinition>();
    expect(definition.StartAt).toBe('Prepare');
  });

  it('accept a JSONata machine', () => {
    const definition = defineStateMachine({
      QueryLanguage: 'JSONata',
      StartAt: 'Fan',
      States: {
        Fan: { Type: 'Parallel', Arguments: '{% $states.input %}', Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', Output: 1, End: true } } }], Next: 'Ask' },
        Ask: { Type: 'Choice', Choices: [{ Condition: '{% $states.input > 1 %}', Output: { x: 1 }, Next: 'Stop' }] },
        Stop: { Type: 'Fail', Error: '{% $states.input.error %}' },
      },
    });
    expect(definition.QueryLanguage).toBe('JSONata');
  });

  it('name a target that is no state', () => {
    // @ts-expect-error StartAt names no state
    defineStateMachine({ StartAt: 'B', States: { A: { Type: 'Succeed' } } });
    // @ts-expect-error Next names no state
    defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } });
    // @ts-expect-error Default names no state
    defineStateMachine({ StartAt: 'A', States: { A: { Type: 'Choice', Choices: [], Default: 'Z' } } });
  });

  it('want Next or End, not both, and neither in Succeed, Fail and Choice', () => {
    // @ts-expect-error neither
    const neither: State = { Type: 'Pass' };
    // @ts-expect-error both
    const both: State = { Type: 'Pass', Next: 'A', End: true };
    // @ts-expect-error Succeed ends by itself
    const succeed: State = { Type: 'Succeed', End: true };
    // @ts-expect-error so does Fail
    const fail: State = { Type: 'Fail', Next: 'A' };
    // @ts-expect-error Next belongs into the rules
    const choice: State = { Type: 'Choice', Choices: [], Next: 'A' };
    expect([neither, both, succeed, fail, choice]).toHaveLength(5);
  });

  it('tell the languages apart', () => {
    // @ts-expect-error Output is JSONata's
    const output: State<'JSONPath'> = { Type: 'Pass', Output: 1, End: true };
    // @ts-expect-error InputPath is JSONPath's
    const inputPath: State = { Type: 'Pass', QueryLanguage: 'JSONata', InputPath: '$', End: true };
    // @ts-expect-error a JSONata machine has no JSONPath states
    defineStateMachine({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } } });
    // @ts-expect-error nor at depth
    defineStateMachine({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', ResultPath: '$', End: true } } }] } } });
    // @ts-expect-error a string that is no expression
    const seconds: State = { Type: 'Wait', QueryLanguage: 'JSONata', Seconds: '5', End: true };
    expect([output, inputPath, seconds]).toHaveLength(3);
  });

  it('want exactly one operator in a Choice rule, and no Next in nested rules', () => {
    // @ts-expect-error two operators
    const two: State = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, StringEquals: 'x', Next: 'A' }] };
    // @ts-expect-error no operator
    const none: State = { Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'A' }] };
    // @ts-expect-error no Next
    const noNext: State = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true }] };
    // @ts-expect-error Next within Not
    const nested: State = { Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'A' }, Next: 'A' }] };
    // @ts-expect-error wrong type of comparand
    const type: State = { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: '1', Next: 'A' }] };
    expect([two, none, noNext, nested, type]).toHaveLength(5);
  });

  it('want one of the alternatives of Wait, Fail, Task and Map', () => {
    // @ts-expect-error two delays
    const wait: State = { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true };
    // @ts-expect-error Error and ErrorPath
    const fail: State = { Type: 'Fail', Error: 'a', ErrorPath: '$.e' };
    // @ts-expect-error two timeouts
    const task: State = { Type: 'Task', Resource: 'x', TimeoutSeconds: 1, TimeoutSecondsPath: '$.a', End: true };
    // @ts-expect-error no processor
    const map: State = { Type: 'Map', End: true };
    // @ts-expect-error ExecutionType is for distributed Maps
    const inline: State = { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'EXPRESS' }, StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true };
    expect([wait, fail, task, map, inline]).toHaveLength(5);
  });

  it('narrow by Type', () => {
    const state = { Type: 'Task', Resource: 'r', End: true } as State;
    if (state.Type === 'Task') expectTypeOf(state.Resource).toEqualTypeOf<string>();
    if (state.Type === 'Pass') expectTypeOf(state.InputPath).toEqualTypeOf<`$${string}` | null | undefined>();
    expectTypeOf<StateType>().toEqualTypeOf<'Task' | 'Wait' | 'Pass' | 'Succeed' | 'Fail' | 'Choice' | 'Parallel' | 'Map'>();
  });

  it('know 39 operators', () => {
    expectTypeOf<'StringMatches' | 'IsPresent' | 'TimestampLessThanEqualsPath'>().toExtend<ChoiceOperator>();
    expectTypeOf<'StringMatchesPath'>().not.toExtend<ChoiceOperator>();
  });
});
