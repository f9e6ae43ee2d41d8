import type { ConnectorCall, Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';
import { InvalidDefinitionError } from './definition.ts';

const cloudWith = (connector?: (call: ConnectorCall) => Outcome): ReturnType<typeof createCloud> =>
  createCloud({ clock: 'virtual', seed: 1, ...(connector && { adapters: [{ service: 'test', tasks: ['sqs:sendMessage', '*'].map((resource) => ({ resource, connector })) }] }) });
const pass: JsonObject = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const deep = (depth: number, open = '{"a":', close = '}'): string => open.repeat(depth) + '1' + close.repeat(depth);

/** What all code shares, as text and by identity. */
function shared(): unknown[] {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype].flatMap((prototype) =>
    Reflect.ownKeys(prototype).flatMap((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown]),
  );
}

describe('task tokens', () => {
  const callback: JsonObject = {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }, TimeoutSeconds: 10, End: true } },
  };

  it('cannot be guessed, made of others, or used twice', async () => {
    const tokens: string[] = [];
    const cloud = cloudWith((call) => {
      tokens.push((call.request as unknown as TaskRequest).taskToken!);
      return { ok: true, value: {} };
    });
    const machine = await cloud.states.create({ definition: callback });
    const [one, two] = [await machine.start(), await machine.start()];
    await cloud.advance(1);
    const [a, b] = tokens as [string, string];
    expect(a).not.toBe(b);
    const forged = ['', ' ', 'guessed', a.slice(0, -1), `${a} `, a.toUpperCase(), a.slice(0, 64) + b.slice(64), '__proto__', 'constructor', 'x'.repeat(2049), '\u0000'];
    for (const taskToken of forged) {
      await expect(cloud.states.sendTaskSuccess({ taskToken, output: '"forged"' }), taskToken.slice(0, 20)).rejects.toMatchObject({ name: expect.stringMatching(/^(InvalidToken|ValidationException|TaskDoesNotExist)$/) as string });
    }
    for (const taskToken of [{ toString: () => a }, [a], null, 1]) {
      await expect(cloud.states.sendTaskSuccess({ taskToken: taskToken as string, output: '1' })).rejects.toThrow();
    }
    expect([one.status(), two.status()]).toEqual(['RUNNING', 'RUNNING']);
    await cloud.states.sendTaskSuccess({ taskToken: a, output: '"true"' });
    expect(await one.result()).toMatchObject({ status: 'SUCCEEDED', output: 'true' });
    await expect(cloud.states.sendTaskSuccess({ taskToken: a, output: '1' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect(await two.result()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await expect(cloud.states.sendTaskFailure({ taskToken: b })).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('take only JSON for an answer', async () => {
    let token = '';
    const cloud = cloudWith((call) => {
      token = (call.request as unknown as TaskRequest).taskToken!;
      return { ok: true, value: {} };
    });
    const execution = await (await cloud.states.create({ definition: callback })).start();
    await cloud.advance(1);
    for (const output of ['', '{', 'undefined', "{'a':1}", 'NaN']) await expect(cloud.states.sendTaskSuccess({ taskToken: token, output })).rejects.toMatchObject({ name: 'InvalidOutput' });
    await cloud.states.sendTaskSuccess({ taskToken: token, output: '{"__proto__":{"polluted":true}}' });
    const { output } = await execution.result();
    expect(Object.keys(output as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('payloads', () => {
  it('over 256 KiB are refused as an input, and fail a state as a result', async () => {
    const cloud = createCloud({ clock: 'virtual', functions: { big: () => 'x'.repeat(262_143) } });
    const machine = await cloud.states.create({ definition: pass });
    await expect(machine.start('x'.repeat(262_143))).rejects.toThrow();
    await expect(machine.start('x'.repeat(10_000_000))).rejects.toThrow();
    expect((await (await machine.start('x'.repeat(262_142))).result()).status).toBe('SUCCEEDED');
    const task: JsonObject = { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:big', End: true } } };
    expect(await cloud.run(task)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('10,000 levels deep go through, or are refused: the process stays', async () => {
    const cloud = cloudWith();
    const machine = await cloud.states.create({ definition: { StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'v.$': '$..a', 'w.$': 'States.JsonToString($)' }, End: true } } } });
    for (const depth of [100, 10_000]) {
      const ended = await machine.start(JSON.parse(deep(depth))).then((execution) => execution.result(), (error: unknown) => error);
      expect(ended).toSatisfy((value) => value instanceof Error || ['SUCCEEDED', 'FAILED'].includes((value as { status: string }).status));
    }
    expect((await cloud.run(pass)).status).toBe('SUCCEEDED');
  });

  it('keep keys that name a prototype as keys, in both languages, and change none', async () => {
    const before = shared();
    const cloud = cloudWith();
    const input = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":3,"items":[{"__proto__":4}]}') as Json;
    const path: JsonObject = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Parameters: { 'all.$': '$', 'merged.$': 'States.JsonMerge($, $.constructor, false)', "p.$": "$['__proto__']" }, Assign: { constructor: 1, toString: 2 }, Next: 'B' },
        B: { Type: 'Pass', Result: { polluted: 5 }, ResultPath: "$['__proto__']", End: true },
      },
    };
    const first = await cloud.run(path, input);
    expect(first).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.stringify(first.output)).toContain('"all":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":3,"items":[{"__proto__":4}]}');
    expect(JSON.stringify(first.output)).toContain('"__proto__":{"polluted":5}');
    const jsonata: JsonObject = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Output: '{% $merge([$states.input, {"__proto__": {"polluted": 6}}, $parse("{\\"__proto__\\": {\\"polluted\\": 7}}")]) %}', End: true } },
    };
    expect((await cloud.run(jsonata, input)).status).toBe('SUCCEEDED');
    expect(shared()).toEqual(before);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('code in disguise', () => {
  it.each([
    '$states.constructor.constructor("globalThis.owned = 1")()',
    '$sum.constructor("globalThis.owned = 1")()',
    '("").constructor.constructor("globalThis.owned = 1")()',
    '$eval("globalThis.owned = 1")',
    '$map([1], "globalThis.owned = 1")',
    '$lookup($states, "constructor")',
    '$states.__proto__.owned',
  ])('is not run: %s', async (expression) => {
    const cloud = cloudWith();
    const definition: JsonObject = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } } };
    const ended = await cloud.run(definition).catch((error: unknown) => error);
    expect(ended instanceof InvalidDefinitionError || (ended as { status: string }).status === 'FAILED').toBe(true);
    expect('owned' in globalThis).toBe(false);
  });

  it('is not run in filters of a path', async () => {
    const cloud = cloudWith();
    for (const path of ['$.l[?(globalThis.owned = 1)]', "$.l[?(@.constructor.constructor('globalThis.owned = 1')())]", '$.l[(globalThis.owned = 1)]']) {
      const definition: JsonObject = { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: { 'v.$': path }, End: true } } };
      await cloud.run(definition, { l: [1, { a: 1 }] }).catch(() => {});
      expect('owned' in globalThis).toBe(false);
    }
  });
});

describe('patterns that would run for ever', () => {
  it.each([
    ['JSONata', { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Output: '{% $contains($states.input.s, /^(a+)+$/) %}', End: true } } }],
    ['JSONPath', { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: { 'v.$': '$.l[?(@.s =~ /^(a|aa)+$/)]' }, End: true } } }],
    ['StringMatches', { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Variable: '$.s', StringMatches: '*a'.repeat(30) + 'b', Next: 'B' }], Default: 'B' }, B: { Type: 'Succeed' } } }],
  ])('end at their bound: %s', async (_language, definition) => {
    const cloud = cloudWith();
    const s = `${'a'.repeat(5000)}!`;
    const started = performance.now();
    const { status } = await cloud.run(definition as JsonObject, { s, l: [{ s }] });
    expect(['SUCCEEDED', 'FAILED']).toContain(status);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('names and definitions', () => {
  it('too long or of forbidden characters are refused', async () => {
    const cloud = cloudWith();
    const machine = await cloud.states.create({ definition: pass });
    for (const name of ['x'.repeat(81), '', 'a b', 'a/b', 'a:b', 'a*', '\u0000', '\ud800', 'x'.repeat(1_000_000)]) {
      await expect(machine.start({}, { name }), name.slice(0, 10)).rejects.toThrow();
      await expect(cloud.states.create({ definition: pass, name }), name.slice(0, 10)).rejects.toThrow();
      await expect(cloud.states.createActivity({ name }), name.slice(0, 10)).rejects.toThrow();
    }
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect((await (await machine.start({ name }, { name })).result()).output).toEqual({ name });
    }
  });

  it('10,000 levels deep are refused, or run: the process stays', async () => {
    const cloud = cloudWith();
    const nested = deep(10_000, '{"Type":"Parallel","End":true,"Branches":[{"StartAt":"P","States":{"P":', '}}]}').replace('1', '{"Type":"Pass","End":true}');
    await expect(cloud.run(`{"StartAt":"P","States":{"P":${nested}}}`)).rejects.toThrow();
    const not = `{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Next":"S","Not":${deep(10_000, '{"Not":', '}').replace('1', '{"Variable":"$.a","IsPresent":true}')}}],"Default":"S"},"S":{"Type":"Succeed"}}}`;
    const ended = await cloud.run(not).catch((error: unknown) => error);
    expect(ended instanceof Error || (ended as { status: string }).status !== undefined).toBe(true);
    expect((await cloud.run(pass)).status).toBe('SUCCEEDED');
  });

  it('with a state named __proto__ are a machine like any other', async () => {
    const cloud = cloudWith();
    const definition = '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Next":"constructor"},"constructor":{"Type":"Pass","Result":"through","End":true}}}';
    expect(await cloud.run(definition)).toMatchObject({ status: 'SUCCEEDED', output: 'through' });
  });

  it('hold no integers that would silently change', async () => {
    const cloud = cloudWith();
    const text = '{"StartAt":"P","States":{"P":{"Type":"Pass","Result":9007199254740993,"End":true}}}';
    const ended = await cloud.run(text).catch((error: unknown) => error);
    expect(ended instanceof Error ? ended.message : JSON.stringify((ended as { output: Json }).output)).toContain('9007199254740993');
  });
});
