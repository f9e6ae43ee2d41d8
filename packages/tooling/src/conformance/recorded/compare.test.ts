import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { compareHistory, compareSorted, compareValue, type RecordedEvent, type Run } from '@interstate/testing/internal';
import type { RecordedExecution } from './case.ts';
import { compareExecution } from './compare-execution.ts';

const none = new Map<string, string>();

describe('values', () => {
  it.each<[recorded: Json, actual: Json]>([
    [1, 1.0],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }],
    ['<date>', '2026-01-01T00:00:00Z'],
    ['<omitted>', { any: ['thing'] }],
    ['arn:<resource:1>:x', 'arn:a:b:x'],
    [['<uuid:1>', 'id <uuid:1>', '<uuid:2>'], ['u', 'id u', 'v']],
    [['in <uuid:1> and <uuid:1>', '<uuid:1>'], ['in u and u', 'u']],
    ['{"a": 1, "b": "<date>"}', '{"b":"now","a":1}'],
    ['broken "id":<id>", (x)', 'broken "id":"7", (x)'],
    [{ __proto__: null, constructor: 1 }, { constructor: 1 }],
  ])('%j is like %j', (recorded, actual) => {
    expect(compareValue(recorded, actual, none).difference).toBeUndefined();
  });

  it.each<[recorded: Json | undefined, actual: Json | undefined]>([
    [1, 2],
    [1, '1'],
    [null, undefined],
    [undefined, null],
    [[1, 2], [2, 1]],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{}, []],
    ['<date>', undefined],
    [{ a: '<date>' }, {}],
    ['x <date>', 'y now'],
    ['a.c <id>', 'abc 1'],
    [['<uuid:1>', '<uuid:1>'], ['u', 'v']],
    [['<uuid:1>', 'x-<uuid:1>'], ['u', 'x-v']],
    [['<n:1>', '<n:1>'], [1, '1']],
    ['{"a": 1}', '{"a": 2}'],
    ['[1]', '[1 ]'],
    [{ toString: 1 }, {}],
  ])('%j is not like %j', (recorded, actual) => {
    expect(compareValue(recorded, actual, none).difference).toBeTypeOf('string');
  });

  it('tells the place', () => {
    expect(compareValue({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, none).difference).toBe('/a[0]/b: recorded 1, got 2');
  });
});

/** `id<previous Type [name or index]` per event. */
function history(...lines: readonly string[]): RecordedEvent[] {
  return lines.map((line) => {
    const [ids = '', type = '', label] = line.split(' ');
    const [id, previousEventId] = ids.split('<').map(Number);
    const event = { id: id!, previousEventId: previousEventId!, type };
    if (label === undefined) return event;
    const [name = '', index] = label.split(':');
    if (index !== undefined) return { ...event, [`m${type.slice(1)}EventDetails`]: { name, index: Number(index) } };
    return { ...event, [type.endsWith('Entered') ? 'stateEnteredEventDetails' : 'stateExitedEventDetails']: { name } };
  });
}

const start = ['1<0 ExecutionStarted', '2<0 MapStateEntered M', '3<2 MapStateStarted'];
const sideBySide = history(
  ...start,
  '4<3 MapIterationStarted M:0', '5<3 MapIterationStarted M:1',
  '6<4 PassStateEntered P', '7<6 PassStateExited P', '8<7 MapIterationSucceeded M:0',
  '9<5 PassStateEntered P', '10<9 PassStateExited P', '11<10 MapIterationSucceeded M:1',
  '12<11 MapStateSucceeded', '13<11 MapStateExited M', '14<13 ExecutionSucceeded',
);
const otherwiseInterleaved = history(
  ...start,
  '4<3 MapIterationStarted M:0', '5<3 MapIterationStarted M:1',
  '6<5 PassStateEntered P', '7<4 PassStateEntered P', '8<6 PassStateExited P', '9<7 PassStateExited P',
  '10<8 MapIterationSucceeded M:1', '11<9 MapIterationSucceeded M:0',
  '12<11 MapStateSucceeded', '13<11 MapStateExited M', '14<13 ExecutionSucceeded',
);
const oneByOne = history(
  ...start,
  '4<3 MapIterationStarted M:0', '5<4 PassStateEntered P', '6<5 PassStateExited P', '7<6 MapIterationSucceeded M:0',
  '8<6 MapIterationStarted M:1', '9<8 PassStateEntered P', '10<9 PassStateExited P', '11<10 MapIterationSucceeded M:1',
  '12<11 MapStateSucceeded', '13<11 MapStateExited M', '14<13 ExecutionSucceeded',
);

/** A copy with some events changed: an id and what becomes of it. */
function changed(events: readonly RecordedEvent[], changes: Readonly<Record<number, Partial<RecordedEvent> | undefined>>): RecordedEvent[] {
  return events.flatMap((event) => (event.id in changes ? (changes[event.id] === undefined ? [] : [{ ...event, ...changes[event.id] } as RecordedEvent]) : [event]));
}

describe('history', () => {
  it('of chains side by side may interleave otherwise', () => {
    expect(compareHistory(sideBySide, otherwiseInterleaved, none).difference).toBeUndefined();
    expect(compareHistory(otherwiseInterleaved, sideBySide, none).difference).toBeUndefined();
  });

  it('of one chain after another may not', () => {
    expect(compareHistory(oneByOne, oneByOne, none).difference).toBeUndefined();
    expect(compareHistory(oneByOne, sideBySide, none).difference).toMatch("event 5 recorded PassStateEntered 'P', got MapIterationStarted 'M'");
    expect(compareHistory(oneByOne, changed(oneByOne, { 12: { previousEventId: 10 } }), none).difference).toMatch('recorded id 12 after 11, got 12 after 10');
  });

  it.each<[what: string, events: RecordedEvent[], difference: string]>([
    ['an event of a chain is missing', changed(otherwiseInterleaved, { 8: undefined }), 'chain /M#1[1]: event'],
    ['a chain is missing', changed(otherwiseInterleaved, { 5: undefined, 6: undefined, 8: undefined, 10: undefined }), 'chain /M#1[1] is missing'],
    ['a chain has more', [...otherwiseInterleaved, ...history('15<8 PassStateEntered Q')], 'is not recorded'],
    ['a link inside a chain differs', changed(otherwiseInterleaved, { 9: { previousEventId: 4 } }), 'chain /M#1[0]: event 7 PassStateExited: recorded after the event that is 7 here, got after 4'],
    ['details differ', changed(otherwiseInterleaved, { 9: { stateExitedEventDetails: { name: 'Q' } } }), 'recorded "P", got "Q"'],
    ['an id after the chains differs', changed(otherwiseInterleaved, { 14: { id: 15 } }), 'event 14 ExecutionSucceeded: got id 15'],
    ['the end of the chains follows something outside', changed(otherwiseInterleaved, { 12: { previousEventId: 3 } }), 'recorded after a chain of /M#1, got after event 3'],
  ])('differs where %s', (_, events, difference) => {
    expect(compareHistory(sideBySide, events, none).difference).toMatch(difference);
  });

  it('of Parallel branches matches chains by their first state', () => {
    const recorded = history(
      '1<0 ExecutionStarted', '2<0 ParallelStateEntered S', '3<2 ParallelStateStarted',
      '4<3 PassStateEntered A', '5<3 PassStateEntered B', '6<5 PassStateExited B', '7<4 PassStateExited A',
      '8<7 ParallelStateSucceeded', '9<7 ParallelStateExited S', '10<9 ExecutionSucceeded',
    );
    const actual = history(
      '1<0 ExecutionStarted', '2<0 ParallelStateEntered S', '3<2 ParallelStateStarted',
      '4<3 PassStateEntered A', '5<4 PassStateExited A', '6<3 PassStateEntered B', '7<6 PassStateExited B',
      '8<7 ParallelStateSucceeded', '9<7 ParallelStateExited S', '10<9 ExecutionSucceeded',
    );
    expect(compareHistory(recorded, actual, none).difference).toBeUndefined();
    expect(compareHistory(recorded, changed(actual, { 7: { stateExitedEventDetails: { name: 'A' } } }), none).difference).toMatch(/^chain/);
  });

  it('sorted inside Parallel is compared as a multiset, without ids', () => {
    const recorded = history('1<0 ExecutionStarted', '2<0 ParallelStateEntered S', '3<2 ParallelStateStarted', '0<0 PassStateEntered A', '0<0 PassStateExited A', '7<6 ParallelStateExited S');
    const actual = history('1<0 ExecutionStarted', '2<0 ParallelStateEntered S', '3<2 ParallelStateStarted', '4<3 PassStateEntered A', '5<4 PassStateExited A', '6<5 ParallelStateSucceeded', '7<5 ParallelStateExited S');
    expect(compareSorted(recorded, actual, none).difference).toBeUndefined();
    expect(compareSorted(recorded, changed(actual, { 5: { stateExitedEventDetails: { name: 'B' } } }), none).difference).toMatch('no event is like');
    expect(compareSorted(recorded, [...actual, ...history('8<7 ParallelStateFailed')], none).difference).toMatch('not recorded');
    expect(compareSorted(recorded, changed(actual, { 3: { previousEventId: 1 } }), none).difference).toMatch('event 3 ParallelStateStarted');
  });
});

describe('execution', () => {
  const recorded: RecordedExecution = {
    id: 'x', recorded: '2025-01-01', kind: 'execution', type: 'STANDARD', definition: null, input: {}, taskOutcomes: [],
    outcome: { status: 'FAILED', error: 'E', cause: { a: '<uuid:1>' } },
    history: [{ id: 1, previousEventId: 0, type: 'ExecutionFailed', executionFailedEventDetails: { error: 'E', cause: { a: '<uuid:1>' } } }],
  };
  const run: Run = {
    status: 'FAILED', error: 'E', cause: '{"a":"u"}',
    history: [{ id: 1, previousEventId: 0, type: 'ExecutionFailed', executionFailedEventDetails: { error: 'E', cause: '{"a":"u"}' } }],
  };

  it('is like its recording, causes compared parsed', () => {
    expect(compareExecution(recorded, run)).toBeUndefined();
  });

  it.each<[change: Partial<Run>, rule: string]>([
    [{ status: 'SUCCEEDED' }, 'status'],
    [{ error: 'F' }, 'error'],
    [{ error: undefined }, 'error'],
    [{ cause: '{"b":"u"}' }, 'cause'],
    [{ cause: '{"a":"v"}' }, 'history'],
    [{ output: null }, 'output'],
    [{ history: [] }, 'history'],
  ])('%j differs in its %s', (change, rule) => {
    expect(compareExecution(recorded, { ...run, ...change })?.rule).toBe(rule);
  });

  it('without an outcome is compared as far as it is recorded', () => {
    const short = { ...recorded, outcome: null };
    expect(compareExecution(short, { ...run, history: [...run.history, { id: 2, previousEventId: 1, type: 'X' }] })).toBeUndefined();
    expect(compareExecution({ ...recorded, outcome: null }, { ...run, history: [] })?.rule).toBe('history');
  });
});
