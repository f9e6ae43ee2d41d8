import type { HistoryEvent } from '@interstate/core';
import { createCloud, type CloudOptions } from 'interstate';
import { describe, expect, it } from 'vitest';
import { createExecutionTrace } from './execution-trace.ts';
import { labelOf, type Visit } from './visit.ts';

const machine = (states: Record<string, unknown>): Record<string, unknown> => ({ StartAt: Object.keys(states)[0], States: states });
const task = (rest: Record<string, unknown> = { End: true }): Record<string, unknown> => ({ Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', ...rest });
const END = { Type: 'Pass', End: true };

async function historyOf(definition: Record<string, unknown>, input: unknown = {}, functions: CloudOptions['functions'] = {}): Promise<readonly HistoryEvent[]> {
  const cloud = createCloud({ clock: 'virtual', seed: 1, functions });
  return (await cloud.run(definition as never, input)).history();
}

/** `name status attempts segments`, children indented. */
function outline(visits: readonly Visit[], indent = ''): string[] {
  return visits.flatMap((visit) => {
    const start = visit.from - Date.UTC(2026, 0, 1);
    const segments = visit.segments.map(({ type, from, to }) => `${type} ${to - from}`);
    const line = [`${indent}${labelOf(visit)}`, visit.status, `at ${start}`, ...segments, ...(visit.error === undefined ? [] : [visit.error])].join(', ');
    return [line, ...outline(visit.children, `${indent}  `)];
  });
}

function trace(history: readonly HistoryEvent[]): { readonly lines: string[]; readonly open: number } {
  const { add, visits, open } = createExecutionTrace();
  for (const event of history) add(event);
  return { lines: outline(visits), open: open.size };
}

function fails(times: number, name = 'Oops'): () => string {
  let calls = 0;
  return () => {
    if (++calls <= times) throw Object.assign(new Error('no'), { name });
    return 'ok';
  };
}

describe('a history becomes visits', () => {
  it.each<{ what: string; definition: Record<string, unknown>; input?: unknown; f?: () => unknown; lines: string[] }>([
    {
      what: 'a retry, and the wait before it',
      definition: machine({ T: task({ Retry: [{ ErrorEquals: ['Oops'], IntervalSeconds: 3 }], Next: 'E' }), E: END }),
      f: fails(1),
      lines: ['T, succeeded, at 0, failed 0, backoff 3000, Oops', 'E, succeeded, at 3000'],
    },
    {
      what: 'a Catcher',
      definition: machine({ T: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }], End: true }), E: END }),
      f: fails(1),
      lines: ['T, caught, at 0, failed 0, Oops', 'E, succeeded, at 0'],
    },
    {
      what: 'a failure that nobody catches',
      definition: machine({ W: { Type: 'Wait', Seconds: 2, Next: 'T' }, T: task() }),
      f: fails(1),
      lines: ['W, succeeded, at 0, wait 2000', 'T, failed, at 2000, failed 0, Oops'],
    },
    {
      what: 'a Fail state',
      definition: machine({ F: { Type: 'Fail', Error: 'Bad' } }),
      lines: ['F, failed, at 0, Bad'],
    },
    {
      what: 'branches side by side',
      definition: machine({
        P: {
          Type: 'Parallel',
          Branches: [machine({ A: { Type: 'Wait', Seconds: 1, Next: 'B' }, B: END }), machine({ C: { Type: 'Wait', Seconds: 5, Next: 'D' }, D: END })],
          Next: 'E',
        },
        E: END,
      }),
      lines: [
        'P, succeeded, at 0, attempt 5000', '  A, succeeded, at 0, wait 1000', '  C, succeeded, at 0, wait 5000', '  B, succeeded, at 1000', '  D, succeeded, at 5000',
        'E, succeeded, at 5000',
      ],
    },
    {
      what: 'a branch that fails, its sibling stopped, and the whole tried again',
      definition: machine({
        P: {
          Type: 'Parallel',
          Branches: [machine({ A: { Type: 'Wait', Seconds: 60, End: true } }), machine({ W: { Type: 'Wait', Seconds: 1, Next: 'T' }, T: task() })],
          Retry: [{ ErrorEquals: ['Oops'], IntervalSeconds: 10 }],
          End: true,
        },
      }),
      f: fails(1),
      lines: [
        'P, succeeded, at 0, failed 1000, backoff 10000, attempt 60000, Oops',
        '  A, aborted, at 0, wait 1000', '  W, succeeded, at 0, wait 1000', '  T, failed, at 1000, failed 0, Oops',
        '  A, succeeded, at 11000, wait 60000', '  W, succeeded, at 11000, wait 1000', '  T, succeeded, at 12000',
      ],
    },
    {
      what: 'a Parallel in a Parallel that fails',
      definition: machine({
        P: { Type: 'Parallel', Branches: [machine({ Q: { Type: 'Parallel', Branches: [machine({ F: { Type: 'Fail', Error: 'Bad' } })], End: true } })], Next: 'E', Catch: [{ ErrorEquals: ['Bad'], Next: 'E' }] },
        E: END,
      }),
      // No event before the end of the execution names the error of a Fail state.
      lines: ['P, caught, at 0, failed 0', '  Q, failed, at 0, failed 0', '    F, failed, at 0', 'E, succeeded, at 0'],
    },
    {
      what: 'iterations of a Map, two at a time',
      definition: machine({ M: { Type: 'Map', MaxConcurrency: 2, ItemProcessor: machine({ W: { Type: 'Wait', SecondsPath: '$', Next: 'B' }, B: END }), End: true } }),
      input: [3, 1, 1],
      lines: [
        'M, succeeded, at 0, attempt 3000',
        '  M[0], succeeded, at 0', '    W, succeeded, at 0, wait 3000', '    B, succeeded, at 3000',
        '  M[1], succeeded, at 0', '    W, succeeded, at 0, wait 1000', '    B, succeeded, at 1000',
        '  M[2], succeeded, at 1000', '    W, succeeded, at 1000, wait 1000', '    B, succeeded, at 2000',
      ],
    },
    {
      what: 'an iteration that fails, and the Map tried again',
      definition: machine({ M: { Type: 'Map', ItemProcessor: machine({ T: task() }), Retry: [{ ErrorEquals: ['Oops'], IntervalSeconds: 10 }], End: true } }),
      input: [1, 2],
      f: fails(1),
      lines: [
        'M, succeeded, at 0, failed 0, backoff 10000, Oops',
        '  M[0], failed, at 0, Oops', '    T, failed, at 0, failed 0, Oops', '  M[1], succeeded, at 0', '    T, succeeded, at 0',
        '  M[0], succeeded, at 10000', '    T, succeeded, at 10000', '  M[1], succeeded, at 10000', '    T, succeeded, at 10000',
      ],
    },
    {
      what: 'a state whose own fields are at fault',
      definition: machine({ M: { Type: 'Map', ItemsPath: '$.none', ItemProcessor: machine({ T: task() }), End: true } }),
      lines: ['M, failed, at 0, States.Runtime'],
    },
    {
      what: 'an expression that fails',
      definition: { ...machine({ A: { Type: 'Pass', Output: '{% $error("x") %}', End: true } }), QueryLanguage: 'JSONata' },
      lines: ['A, failed, at 0, States.QueryEvaluationError'],
    },
  ])('$what', async ({ definition, input, f = () => 'ok', lines }) => {
    expect(trace(await historyOf(definition, input, { f }))).toEqual({ lines, open: 0 });
  });
});

it('a Map tells how many of its items are done', async () => {
  const { add } = createExecutionTrace();
  const done: string[] = [];
  for (const event of await historyOf(machine({ M: { Type: 'Map', ItemProcessor: machine({ A: END }), End: true } }), [1, 2, 3])) {
    const visit = add(event)?.visit;
    if (visit?.kind === 'iteration' && visit.to !== undefined) done.push(`${visit.parent!.itemsDone} of ${visit.parent!.items}`);
  }
  expect(done).toEqual(['1 of 3', '2 of 3', '3 of 3']);
});

it('thousands of iterations and loops are followed in no time', async () => {
  const definition = machine({
    M: { Type: 'Map', ItemProcessor: machine({ A: { Type: 'Wait', Seconds: 1, End: true } }), End: true },
  });
  const history = await historyOf(definition, Array.from({ length: 4000 }, (_, index) => index));
  const { lines, open } = trace(history);
  expect({ lines: lines.length, open }).toEqual({ lines: 8001, open: 0 });
});
