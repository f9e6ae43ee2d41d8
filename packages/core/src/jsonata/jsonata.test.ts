import { createHash } from 'node:crypto';
import { createRandom, type Json } from '@interstate/kernel';
import { noCrypto } from '@interstate/kernel/testing';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import base from '../../cases/jsonata.json' with { type: 'json' };
import stepFunctions from '../../cases/jsonata-step-functions.json' with { type: 'json' };
import { compileJsonata, JsonataError, type JsonataEnvironment } from './compile.ts';
import { toJson } from './to-json.ts';

interface Case {
  group?: string;
  expr: string;
  result?: unknown;
  undefined?: boolean;
  unsupported?: boolean;
  error?: boolean;
  code?: string;
  message?: string;
}

const states = {
  input: {
    a: 1,
    orders: [
      { price: 10, qty: 1 },
      { price: 20, qty: 2 },
      { price: 30, qty: 3 },
    ],
  },
};

function environment(): JsonataEnvironment {
  return {
    variable: (name) => (name === 'states' ? states : undefined),
    now: Date.parse('2026-01-02T03:04:05.678Z'),
    crypto: { ...noCrypto, hash: (algorithm, text) => createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex') },
    random: createRandom([1, 2, 3, 4]),
    bounds: { depth: 100_000, valueBytes: 7_000_000, steps: 10_000_000 },
  };
}

/** What came out, in the terms of a case. */
function outcome(text: string, input?: Json): Omit<Case, 'expr'> {
  try {
    const raw = compileJsonata(text).evaluate(environment(), input);
    if (raw === undefined) return { undefined: true };
    const result = toJson(raw);
    return result === undefined ? { unsupported: true } : { result };
  } catch (error) {
    if (!(error instanceof JsonataError)) throw error;
    return { code: error.code, message: error.message };
  }
}

describe('JSONata', () => {
  it.each(base.cases as Case[])('$group: $expr', ({ expr, group: _group, ...expected }) => {
    expect(outcome(expr, base.data)).toEqual(expected);
  });

  it.each(stepFunctions as Case[])('Step Functions: $expr', ({ expr, error, ...expected }) => {
    const actual = outcome(expr);
    if (error) expect(actual).toHaveProperty('message');
    else expect(actual).toEqual(expected);
  });
});

const name = fc.constantFrom('shop', 'stock', 'name', 'qty', 'price', 'parts', 'w', 'tags', 'grid', 'missing', '$', '*');
const literal = fc.constantFrom('0', '1', '-1', '2.5', '"tea"', 'true', 'null', '[]', '[1,2]', '{}');
const lambda = fc.constantFrom('function($x){$x}', 'function($x){$x.w}', 'function($x,$i){$i}', 'function($x){[$x]}', '$string', '$count');
const { expression } = fc.letrec<{ expression: string; step: string }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 3 },
    name,
    fc.tuple(tie('step'), tie('expression')).map(([step, test]) => `${step}[${test}]`),
    tie('step').map((step) => `${step}[]`),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `{"k": ${inner}}`),
    tie('step').map((step) => `${step}#$i`),
  ),
  expression: fc.oneof(
    { maxDepth: 5 },
    tie('step'),
    literal,
    fc.tuple(tie('step'), tie('step')).map(([a, b]) => `${a}.${b}`),
    fc.tuple(tie('step'), tie('step'), tie('step')).map(([a, b, c]) => `${a}.${b}.${c}`),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '=', '!=', '<', '>=', '&', 'and', 'or', 'in'), tie('expression'))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(fc.constantFrom('sum', 'count', 'string', 'keys', 'reverse', 'distinct', 'boolean', 'exists', 'type', 'spread'), tie('expression'))
      .map(([callee, argument]) => `$${callee}(${argument})`),
    fc.tuple(fc.constantFrom('map', 'filter', 'single', 'each', 'sift'), tie('expression'), lambda).map(([f, a, l]) => `$${f}(${a}, ${l})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `$append(${a}, ${b})`),
    fc.tuple(tie('step'), tie('expression')).map(([a, b]) => `${a}^(${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `($v := ${a}; ${b})`),
  ),
}));

/** The published package's outcome; undefined where it breaks down with an error of the platform instead of its own. */
async function peerOutcome(text: string): Promise<Omit<Case, 'expr'> | undefined> {
  try {
    const raw: unknown = await jsonata(text).evaluate(structuredClone(base.data));
    if (raw === undefined) return { undefined: true };
    if (JSON.stringify(raw)?.includes('_jsonata_')) return undefined;
    return { result: typeof raw === 'number' && !Number.isFinite(raw) ? String(raw) : JSON.parse(JSON.stringify(raw)) };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === undefined ? undefined : { code, message };
  }
}

describe('against the jsonata package', () => {
  it('random expressions come out the same', async () => {
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const expected = await peerOutcome(text);
        // The package names a function it met earlier in the process; whom a message blames is in the cases.
        if (expected === undefined || expected.code?.startsWith('T041')) return;
        const actual = outcome(text, structuredClone(base.data));
        expect(JSON.parse(JSON.stringify(actual))).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 400, seed: 20260102 },
    );
  });
});
