import { createHash, createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext, type Context } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const ALGORITHMS: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
const folder = fileURLToPath(new URL('..', import.meta.url));

const ENTRY = `
import { createProgramLibrary, EXECUTION_KIND, executionEnd, executionMachine, validateDefinition } from './index.ts';
import { createTinyHost } from '@interstate/kernel/testing';

globalThis.run = (text) => {
  const { definition, input, outcomes } = JSON.parse(text);
  const { diagnostics } = validateDefinition(definition);
  const programs = createProgramLibrary();
  programs.add('it', definition);
  const crypto = { hash: hostHash, hmac: hostHmac };
  const host = createTinyHost({
    machines: () => [executionMachine((id) => programs.get(id))],
    crypto,
    startTime: 1767225600000,
    cut: true,
    answer: (request) => ({ outcome: outcomes[request.stateName][request.retryCount], afterMs: 10 }),
  });
  const arn = 'arn:aws:states:us-east-1:123456789012:execution:m:e';
  host.spawn(EXECUTION_KIND, arn, {
    type: 'start', programId: 'it', input, executionArn: arn, stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m',
    roleArn: 'role', seed: [1, 2, 3, 4],
  });
  host.run();
  return JSON.stringify({ diagnostics, ...executionEnd(host.stateOf(arn)), events: host.journalOf(arn).length, seconds: (host.now() - 1767225600000) / 1000 });
};
globalThis.diagnose = (text) => JSON.stringify(validateDefinition(JSON.parse(text)).diagnostics.map(({ code }) => code));
`;

/** V8 puts a console and WebAssembly into every context; and what chance and the clock would say must not be asked. */
const STRIP = `
delete globalThis.console; delete globalThis.WebAssembly;
const forbidden = (name) => () => { throw new Error(name + ' was asked'); };
Math.random = forbidden('Math.random');
Date.now = forbidden('Date.now');
for (const name of ['setTimeout', 'queueMicrotask', 'process', 'Buffer', 'TextEncoder', 'structuredClone', 'require', 'performance', 'crypto']) {
  if (name in globalThis) throw new Error(name + ' is here');
}`;

interface Bare extends Context {
  readonly run: (text: string) => string;
  readonly diagnose: (text: string) => string;
}

const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:work';

describe('core in a bare context: no Node, no DOM, no code generation', () => {
  let bare: Bare;

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents: ENTRY, resolveDir: folder, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['interstate-source', 'import'],
      target: 'es2023',
      logLevel: 'silent',
    });
    // Hashes are the host's to give; nothing else comes in.
    bare = createContext(
      {
        hostHash: (algorithm: string, text: string) => createHash(ALGORITHMS[algorithm]!).update(text).digest('hex'),
        hostHmac: (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex'),
      },
      { codeGeneration: { strings: false, wasm: false } },
    ) as Bare;
    runInContext(STRIP, bare);
    runInContext(outputFiles[0]!.text, bare);
  });

  const run = (given: unknown): Record<string, unknown> => JSON.parse(bare.run(JSON.stringify(given))) as Record<string, unknown>;

  it('really cannot generate code there', () => {
    expect(() => void runInContext('new Function("return 1")()', bare)).toThrow(/Code generation from strings disallowed/);
  });

  it('validates', () => {
    expect(JSON.parse(bare.diagnose('{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Nowhere"},"B":{"Type":"Pass","InputPath":"$[","End":true}}}'))).not.toEqual([]);
  });

  it('runs JSONPath: intrinsics, filters, Retry, Catch, Map, Parallel, Wait', () => {
    const definition = {
      StartAt: 'Intrinsics',
      States: {
        Intrinsics: {
          Type: 'Pass',
          Parameters: {
            'text.$': "States.Format('{} of {}', $.n, States.ArrayLength($.list))",
            'hash.$': "States.Hash('input data', 'MD5')",
            'encoded.$': "States.Base64Encode('grüße')",
            'big.$': '$.list[?(@.n > 1)].n',
            'named.$': '$.list[?(@.name =~ /^b.*/)].name',
          },
          ResultPath: '$.made',
          Next: 'Try',
        },
        Try: {
          Type: 'Task',
          Resource: lambda,
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Both' }],
          End: true,
        },
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 86400, End: true } } },
            { StartAt: 'M', States: { M: { Type: 'Map', ItemsPath: '$.list', ItemSelector: { 'i.$': '$$.Map.Item.Index' }, ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, End: true } } },
          ],
          ResultSelector: { 'made.$': '$[0].made', 'error.$': '$[0].error.Error', 'mapped.$': '$[1]' },
          End: true,
        },
      },
    };
    const input = { n: 1, list: [{ n: 1, name: 'a' }, { n: 2, name: 'bb' }] };
    const outcomes = { Try: [{ ok: false, error: { Error: 'Busy' } }, { ok: false, error: { Error: 'Broken' } }] };
    expect(run({ definition, input, outcomes })).toMatchObject({
      diagnostics: [],
      status: 'SUCCEEDED',
      output: {
        made: { text: '1 of 2', hash: '812f45842bc6d66ee14572ce20db8e86', encoded: 'Z3LDvMOfZQ==', big: [2], named: ['bb'] },
        error: 'Broken',
        mapped: [{ i: 0 }, { i: 1 }],
      },
      seconds: 86402.02,
    });
  });

  it('runs JSONata: functions, regular expressions, variables, conditions, evaluation failures', () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Count',
      States: {
        Count: { Type: 'Pass', Assign: { total: '{% $sum($states.input.orders.(price * qty)) %}' }, Next: 'Enough' },
        Enough: { Type: 'Choice', Choices: [{ Condition: '{% $total > 10 %}', Next: 'Work' }], Default: 'Shape' },
        Work: { Type: 'Task', Resource: lambda, Output: { answer: '{% $states.result %}', total: '{% $total %}' }, Next: 'Shape' },
        Shape: {
          Type: 'Pass',
          Output: {
            before: '{% $states.input %}',
            words: "{% $split('a1b22c', /[0-9]+/) %}",
            replaced: "{% $replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1') %}",
            chunks: '{% $partition([1,2,3], 2) %}',
            hash: "{% $hash('input', 'SHA-1') %}",
            random: '{% $random(42) %}',
            sorted: '{% [3,1,2] ~> $sort(function($a, $b) { $a > $b }) %}',
          },
          Next: 'Wrong',
        },
        Wrong: { Type: 'Task', Resource: lambda, Arguments: '{% $nothing %}', Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Done' }], End: true },
        Done: { Type: 'Succeed' },
      },
    };
    const input = { orders: [{ price: 3, qty: 2 }, { price: 5, qty: 1 }] };
    const ran = run({ definition, input, outcomes: { Work: [{ ok: true, value: 'yes' }] } });
    expect(ran).toMatchObject({ diagnostics: [], status: 'SUCCEEDED', output: { Error: 'States.QueryEvaluationError' } });
    expect(JSON.stringify((ran['output'] as { Cause: string }).Cause)).toContain("'$nothing' specified for the field 'Arguments' returned nothing (undefined).");
    const { Wrong: _wrong, Done: _done, ...states } = definition.States;
    const shaped = run({ definition: { ...definition, States: { ...states, Shape: { ...states.Shape, Next: undefined, End: true } } }, input, outcomes: { Work: [{ ok: true, value: 'yes' }] } });
    expect(shaped['output']).toEqual({
      before: { answer: 'yes', total: 11 },
      words: ['a', 'b', 'c'],
      replaced: 'Smith, John',
      chunks: [[1, 2], [3]],
      hash: '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1',
      random: 0.7275636800328681,
      sorted: [1, 2, 3],
    });
  });
});
