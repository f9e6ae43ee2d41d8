import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';
import { lambda, type Callback, type Context, type Handler } from './index.ts';
import { answerOf, taskCall } from '../test/task-call.ts';

const ARN = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const INVOKE = 'arn:aws:states:::lambda:invoke';

function connectors(handler: Handler, warn: (text: string) => void = () => {}) {
  const adapter = lambda({ functions: { f: handler }, warn });
  const of = (resource: string) => adapter.tasks?.find((binding) => binding.resource === resource)?.connector;
  return {
    adapter,
    direct: (event: Json, resource = ARN): Promise<Outcome> => answerOf(of('arn:*:lambda:*'), taskCall(resource, event)),
    invoke: (parameters: Json): Promise<Outcome> => answerOf(of('lambda:invoke'), taskCall(INVOKE, parameters)),
  };
}

function failureOf(outcome: Outcome): { Error: string | undefined; Cause: JsonObject } {
  if (outcome.ok) throw new Error('The call succeeded.');
  return { Error: outcome.error.Error, Cause: JSON.parse(outcome.error.Cause ?? 'null') as JsonObject };
}

describe('results', () => {
  const returns: readonly [string, Handler, Json][] = [
    ['a promise', async (event: { a: number }) => ({ b: event.a + 1 }), { b: 2 }],
    ['a value', (event: { a: number }) => event.a, 1],
    ['nothing', () => undefined, null],
    ['what JSON.stringify makes of it', () => ({ at: new Date(0), gone: undefined, none: Number.NaN, list: [undefined], in: new Map() }), { at: '1970-01-01T00:00:00.000Z', none: null, list: [null], in: {} }],
    ['a callback', (_event: unknown, _context: Context, callback: Callback) => void callback(null, 'called'), 'called'],
    ['a late callback', (_event: unknown, _context: Context, callback: Callback) => void Promise.resolve().then(() => callback(null, 'late')), 'late'],
    ['the first of several callbacks', (_event: unknown, _context: Context, callback: Callback) => { callback(null, 1); callback(new Error('two')); }, 1],
    ['context.succeed', (_event: unknown, context: Context) => context.succeed('s'), 's'],
    ['context.done', (_event: unknown, context: Context) => context.done(null, 'd'), 'd'],
    ['a function with toJSON', () => ({ toJSON: () => [1] }), [1]],
  ];
  for (const [description, handler, value] of returns) {
    it(`come from ${description}`, async () => {
      expect(await connectors(handler).direct({ a: 1 })).toEqual({ ok: true, value });
    });
  }

  it('keep odd keys as data and share nothing with the function', async () => {
    const event = JSON.parse('{"__proto__":{"polluted":true},"list":[1]}') as Json;
    let seen: { list: number[] } | undefined;
    const { direct } = connectors((given: { list: number[] }) => {
      seen = given;
      given.list.push(2);
      return given;
    });
    const outcome = await direct(event);
    expect(JSON.stringify(outcome)).toBe('{"ok":true,"value":{"__proto__":{"polluted":true},"list":[1,2]}}');
    expect(JSON.stringify(event)).toContain('"list":[1]');
    seen?.list.push(3);
    expect(JSON.stringify(outcome)).toContain('[1,2]');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('pass any JSON through unchanged', async () => {
    const { direct } = connectors((event: Json) => event);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await direct(value as Json)).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });
});

describe('errors', () => {
  class CardDeclined extends Error {
    override readonly name = 'CardDeclined';
  }
  const declines: Handler = async () => {
    throw new CardDeclined('no funds');
  };

  it('are named after the error; the cause is what the Node.js runtime answers, in its order', async () => {
    for (const outcome of [await connectors(declines).direct({}), await connectors(declines).invoke({ FunctionName: 'f' })]) {
      const { Error: name, Cause } = failureOf(outcome);
      expect(name).toBe('CardDeclined');
      expect(Object.keys(Cause)).toEqual(['errorType', 'errorMessage', 'trace']);
      expect(Cause).toMatchObject({ errorType: 'CardDeclined', errorMessage: 'no funds' });
      expect((Cause['trace'] as string[])[0]).toContain('no funds');
      expect((Cause['trace'] as string[])[1]).toMatch(/^ {4}at /);
    }
  });

  const throwers: readonly [string, Handler, JsonObject][] = [
    ['a string thrown', () => { throw 'text'; }, { errorType: 'string', errorMessage: 'text', trace: [] }],
    ['a number rejected', () => Promise.reject(42), { errorType: 'number', errorMessage: '42', trace: [] }],
    ['an object thrown', () => { throw { code: 1 }; }, { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
    ['nothing thrown', () => { throw undefined; }, { errorType: 'handled' }],
    ['an object without toString', () => { throw Object.create(null); }, { errorType: 'handled' }],
    ['an error whose message throws', () => { throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('y'); } }); }, { errorType: 'handled' }],
    ['an error without stack', () => { throw Object.assign(new Error('x'), { stack: undefined }); }, { errorType: 'Error', errorMessage: 'x', trace: [''] }],
    ['an error of another realm', () => vm.runInNewContext('throw new RangeError("far")') as never, { errorType: 'RangeError', errorMessage: 'far' }],
    ['an error given to the callback', (_event: unknown, _context: Context, callback: Callback) => callback(new TypeError('given')), { errorType: 'TypeError', errorMessage: 'given' }],
    ['a string given to the callback', (_event: unknown, _context: Context, callback: Callback) => callback('given'), { errorType: 'string', errorMessage: 'given' }],
    ['context.fail', (_event: unknown, context: Context) => context.fail(new Error('failed')), { errorType: 'Error', errorMessage: 'failed' }],
    ['a cycle returned', () => { const cycle: unknown[] = []; cycle.push(cycle); return cycle; }, { errorType: 'Error', errorMessage: 'Unable to stringify response body' }],
    ['a BigInt returned', () => 1n, { errorType: 'Error', errorMessage: 'Unable to stringify response body' }],
    ['a toJSON that throws', () => ({ toJSON() { throw new Error('x'); } }), { errorMessage: 'Unable to stringify response body' }],
    ['a thenable that throws', () => ({ then() { throw new Error('then'); } }), { errorType: 'Error', errorMessage: 'then' }],
    ['a result past 6 MB', () => 'x'.repeat(6_291_556), { errorType: 'Function.ResponseSizeTooLarge' }],
    ['a result past 6 MB in UTF-8 alone', () => 'é'.repeat(3_145_800), { errorType: 'Function.ResponseSizeTooLarge' }],
  ];
  for (const [description, handler, cause] of throwers) {
    it(`come from ${description}`, async () => {
      const { Error: name, Cause } = failureOf(await connectors(handler).direct({}));
      expect(Cause).toMatchObject(cause);
      expect(name).toBe(Cause['errorType']);
    });
  }

  it('come for an event nested too deeply to be copied, not a crash', async () => {
    let deep: Json = null;
    for (let depth = 0; depth < 200_000; depth++) deep = [deep];
    const outcome = await connectors(() => 1).direct(deep);
    expect(failureOf(outcome).Error).toBe('Lambda.InvalidRequestContentException');
  });

  it('for an unknown function are AWS’s, and the user is told once what to register', async () => {
    const warnings: string[] = [];
    const { direct, invoke } = connectors(declines, (text) => warnings.push(text));
    const outcome = await invoke({ FunctionName: 'ff' });
    expect(outcome).toMatchObject({ ok: false, error: { Error: 'Lambda.ResourceNotFoundException' } });
    expect(outcome.ok ? '' : outcome.error.Cause).toMatch(
      /^Function not found: arn:aws:lambda:eu-west-1:111111111111:function:ff:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [\da-f-]{36}; Proxy: null\)$/,
    );
    await invoke({ FunctionName: 'ff' });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Registered: "f".');
    expect(await direct({}, 'arn:aws:lambda:us-east-1:111111111111:function:g:7')).toMatchObject({ ok: false, error: { Error: 'Lambda.ResourceNotFoundException' } });
    expect(warnings).toHaveLength(2);
  });
});

describe('the context', () => {
  it('is that of Lambda', async () => {
    let context: Context | undefined;
    const { direct } = connectors((_event: unknown, given: Context) => void (context = given));
    await direct({}, `${ARN}:PROD`);
    expect(context).toMatchObject({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'f',
      functionVersion: '$LATEST',
      invokedFunctionArn: `${ARN}:PROD`,
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/f',
    });
    expect(context?.awsRequestId).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(context?.logStreamName).toBe(`2026/01/02/[$LATEST]${context?.awsRequestId.replaceAll('-', '')}`);
    expect(context?.signal).toBeInstanceOf(AbortSignal);
    expect(Object.keys(context ?? {})).not.toContain('signal');
  });

  it('counts the remaining time down from the nearer of function and Task timeout', async () => {
    let now = 1000;
    const adapter = lambda({ now: () => now, warn: () => {} });
    adapter.register('f', (_event: unknown, context: Context) => {
      const before = context.getRemainingTimeInMillis();
      now += 1500;
      const after = context.getRemainingTimeInMillis();
      now += 1_000_000;
      return [before, after, context.getRemainingTimeInMillis(), context.memoryLimitInMB, context.functionVersion];
    }, { timeoutSeconds: 10, memorySize: 512, version: '7' });
    const connector = adapter.tasks?.[0]?.connector;
    const call = (timeoutSeconds?: number) => taskCall(INVOKE, { FunctionName: 'f' }, timeoutSeconds === undefined ? {} : { timeoutSeconds });
    const first = await answerOf(connector, call());
    expect(first).toMatchObject({ ok: true, value: { ExecutedVersion: '7', Payload: [10_000, 8500, 0, '512', '7'] } });
    expect(await answerOf(connector, call(2))).toMatchObject({ ok: true, value: { Payload: [2000, 500, 0, '512', '7'] } });
  });

  it('has the same request id for the same attempt', async () => {
    const ids: string[] = [];
    const { direct } = connectors((_event: unknown, context: Context) => void ids.push(context.awsRequestId));
    await direct({});
    await direct({});
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('lambda:invoke', () => {
  it('answers with payload and metadata, as Step Functions prints them', async () => {
    const outcome = await connectors(() => 'HelloWorld!').invoke({ FunctionName: 'f', Payload: {} });
    const value = (outcome as { value: JsonObject }).value;
    expect(Object.keys(value)).toEqual(['ExecutedVersion', 'Payload', 'SdkHttpMetadata', 'SdkResponseMetadata', 'StatusCode']);
    expect(value).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: 'HelloWorld!',
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200, HttpHeaders: { 'Content-Length': '13', Date: 'Fri, 02 Jan 2026 03:04:05 GMT', 'Content-Type': 'application/json' } },
    });
  });

  it('gives an empty event where there is no payload', async () => {
    const { invoke } = connectors((event: Json) => event);
    for (const parameters of [{ FunctionName: 'f' }, { FunctionName: 'f', Payload: null }]) {
      expect(await invoke(parameters)).toMatchObject({ ok: true, value: { Payload: {} } });
    }
    expect(await invoke({ FunctionName: 'f', Payload: 0 })).toMatchObject({ ok: true, value: { Payload: 0 } });
  });

  it('adds the log for LogType Tail and hands on ClientContext and Qualifier', async () => {
    const { invoke } = connectors((_event: unknown, context: Context) => [context.clientContext, context.invokedFunctionArn]);
    const outcome = await invoke({ FunctionName: 'f', Qualifier: 'PROD', LogType: 'Tail', ClientContext: Buffer.from('{"é":1}').toString('base64') });
    expect(outcome).toMatchObject({ ok: true, value: { Payload: [{ é: 1 }, 'arn:aws:lambda:eu-west-1:111111111111:function:f:PROD'] } });
    expect(atob((outcome as unknown as { value: { LogResult: string } }).value.LogResult)).toMatch(/^START RequestId: /);
  });

  it('does not wait for an Event, and tells how it failed', async () => {
    const warnings: string[] = [];
    let finish: () => void = () => {};
    const { invoke } = connectors(() => new Promise((_resolve, reject) => (finish = () => reject(new Error('later')))), (text) => warnings.push(text));
    expect(await invoke({ FunctionName: 'f', InvocationType: 'Event' })).toMatchObject({ ok: true, value: { StatusCode: 202, Payload: '' } });
    finish();
    await new Promise(setImmediate);
    expect(warnings[0]).toContain('later');
  });

  it('counts only the first ending of an Event', async () => {
    const warnings: string[] = [];
    const { invoke } = connectors((_event: unknown, _context: Context, callback: Callback) => { callback(null, 1); callback(new Error('late')); throw new Error('later'); }, (text) => warnings.push(text));
    await invoke({ FunctionName: 'f', InvocationType: 'Event' });
    expect(warnings).toEqual([]);
  });

  it('measures the payload in UTF-8', async () => {
    expect(await connectors(() => 'aé€😀').invoke({ FunctionName: 'f' })).toMatchObject({ value: { SdkHttpMetadata: { HttpHeaders: { 'Content-Length': '12' } } } });
  });

  it('does not call the function for DryRun', async () => {
    let called = false;
    const { invoke } = connectors(() => void (called = true));
    expect(await invoke({ FunctionName: 'f', InvocationType: 'DryRun' })).toMatchObject({ ok: true, value: { StatusCode: 204 } });
    expect(called).toBe(false);
  });

  const faults: readonly [Json, string][] = [
    [{}, "The field 'FunctionName' is required but was missing"],
    [null, "The field 'FunctionName' is required but was missing"],
    [{ FunctionName: 1, Qualifier: [] }, "The value for the field 'FunctionName' must be a STRING, The value for the field 'Qualifier' must be a STRING"],
    [{ FunctionName: 'f', InvocationType: 'Sometimes' }, "The value for the field 'InvocationType' must be one of: [Event, RequestResponse, DryRun]"],
  ];
  for (const [parameters, text] of faults) {
    it(`refuses ${JSON.stringify(parameters)}`, async () => {
      expect(await connectors(() => 1).invoke(parameters)).toEqual({
        ok: false,
        error: { Error: 'States.Runtime', Cause: `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${text}]` },
      });
      const [binding] = lambda().tasks ?? [];
      expect(binding?.check?.(taskCall(INVOKE, parameters).request as unknown as TaskRequest)).toBe(text);
    });
  }
});

it('refuses handlers that are no functions, where they are registered', () => {
  expect(() => lambda().register('f', 'handler' as unknown as Handler)).toThrow('The handler of "f" must be a function, but is string.');
  expect(() => lambda({ functions: { g: null as unknown as Handler } })).toThrow('"g"');
});
