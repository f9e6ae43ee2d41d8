import { nodeCrypto } from '@interstate/runtime';
import type { Json, JsonObject } from '@interstate/kernel';
import { validateRequest } from '@interstate/service-kit';
import { describe, expect, it } from 'vitest';
import cases from '../../cases/test-state.json' with { type: 'json' };
import { StatesError } from '../errors.ts';
import { INPUT_SHAPES } from '../input-shapes.ts';
import { testState, type TestStateEnvironment } from './test-state.ts';

/** A request with values where the API has JSON texts; texts that are no JSON stand under `…Text`. */
interface Given {
  readonly definition?: Json;
  readonly definitionText?: string;
  readonly input?: Json;
  readonly inputText?: string;
  readonly variables?: Json;
  readonly context?: Json;
  readonly mock?: { readonly result?: Json; readonly resultText?: string; readonly deepAttribute?: number; readonly errorOutput?: JsonObject; readonly fieldValidationMode?: string };
  readonly stateConfiguration?: JsonObject;
  readonly withoutRole?: true;
  readonly [member: string]: unknown;
}

interface Then {
  readonly response?: Json;
  /** `*`: any message. */
  readonly error?: { readonly code: string; readonly message: string };
}

const ENVIRONMENT: TestStateEnvironment = {
  region: 'us-east-1',
  account: '123456789012',
  now: 0,
  crypto: nodeCrypto,
  stateMachineName: 'machine',
  executionName: 'execution',
  seed: [1, 2, 3, 4],
};

describe('testState', () => {
  it.each(cases as unknown as readonly { description: string; given: Given; then: Then }[])('$description', ({ given, then }) => {
    const answer = answerTo(requestOf(given));
    if (then.error?.message === '*') expect(answer).toMatchObject({ error: { code: then.error.code } });
    else expect(answer).toEqual(then);
  });

  it('answers hostile mocks of a Map without harm', () => {
    const definition = JSON.stringify({ Type: 'Map', ItemsPath: '$', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true });
    const request = { definition, input: `${'['.repeat(50_000)}${']'.repeat(50_000)}`, mock: { result: '[]' } };
    expect(answerTo(request)).toEqual({ response: { status: 'SUCCEEDED', output: [] } });
  });

  it('leaves prototypes alone', () => {
    const definition = JSON.stringify({ Type: 'Pass', Assign: { x: 1 }, End: true });
    const given = { definition, input: '{"__proto__":{"polluted":1}}', variables: '{"__proto__":{"polluted":1}}', inspectionLevel: 'DEBUG' };
    expect(answerTo(given)).toMatchObject({ response: { status: 'SUCCEEDED' } });
    expect(({} as JsonObject)['polluted']).toBeUndefined();
  });

  it('shows the exchange of an HTTP Task at TRACE', () => {
    const definition = JSON.stringify({
      Type: 'Task',
      Resource: 'arn:aws:states:::http:invoke',
      Parameters: { ApiEndpoint: 'https://api.example.com/a', Method: 'POST', Authentication: { ConnectionArn: 'c' }, Headers: { 'X-A': '1' }, RequestBody: { b: 2 } },
      End: true,
    });
    const request = { definition, roleArn: 'arn:aws:iam::123456789012:role/r', inspectionLevel: 'TRACE' };
    expect(testState(request, ENVIRONMENT)).toMatchObject({ type: 'call', request: { service: 'http', arguments: { Method: 'POST' } } });
    const result = { Headers: { date: ['today'] }, ResponseBody: { c: 3 }, StatusCode: 200, StatusText: 'OK' };
    const answer = testState(request, ENVIRONMENT, { ok: true, value: result });
    expect(answer).toMatchObject({
      response: {
        inspectionData: {
          request: { protocol: 'https', method: 'POST', url: 'https://api.example.com/a', headers: '[X-A: 1]', body: '{"b":2}' },
          response: { protocol: 'https', statusCode: '200', statusMessage: 'OK', headers: '[date: today]', body: '{"c":3}' },
        },
      },
    });
  });

  it('asks for schemas it does not have', () => {
    const definition = JSON.stringify({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:wonder:act', Parameters: {}, End: true });
    const asked: string[] = [];
    const schemas: TestStateEnvironment['schemas'] = (service, action) => {
      asked.push(`${service}:${action}`);
      return { type: 'structure', members: new Map([['N', () => ({ type: 'number' })]]), required: ['N'] };
    };
    expect(() => testState({ definition, mock: { result: '{}' } }, { ...ENVIRONMENT, schemas })).toThrow();
    expect(asked).toEqual(['wonder:act']);
  });
});

function answerTo(request: JsonObject): Then {
  expect(validateRequest(INPUT_SHAPES.TestState, request)).toBeUndefined();
  try {
    const answer = testState(request, ENVIRONMENT);
    if (answer.type === 'call') throw new Error(`Asked ${answer.request.resource}.`);
    expect(testState(request, ENVIRONMENT)).toEqual(answer);
    return { response: parsed(answer.response) };
  } catch (error) {
    if (error instanceof StatesError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

function requestOf({ definition, definitionText, input, inputText, variables, context, mock, stateConfiguration, withoutRole, ...rest }: Given): JsonObject {
  const text = (member: string, value: Json | undefined, raw?: string): JsonObject =>
    raw !== undefined ? { [member]: raw } : value === undefined ? {} : { [member]: JSON.stringify(value) };
  return {
    ...(rest as JsonObject),
    ...text('definition', definition, definitionText),
    ...text('input', input, inputText),
    ...text('variables', variables),
    ...text('context', context),
    ...(mock && { mock: mockOf(mock, text) }),
    ...(stateConfiguration && { stateConfiguration: { ...stateConfiguration, ...text('mapItemReaderData', stateConfiguration['mapItemReaderData']) } }),
    ...(withoutRole === undefined && { roleArn: 'arn:aws:iam::123456789012:role/r' }),
  };
}

function mockOf({ result, resultText, deepAttribute, ...rest }: NonNullable<Given['mock']>, text: (member: string, value: Json | undefined, raw?: string) => JsonObject): JsonObject {
  const deep = deepAttribute === undefined ? undefined : `{"Item":${'{"M":{"M":'.repeat(deepAttribute)}1${'}}'.repeat(deepAttribute)}}`;
  return { ...(rest as JsonObject), ...text('result', repeated(result), resultText ?? deep) };
}

/** `{ repeat: n, letter? }` stands for a text of n letters. */
function repeated(value: Json | undefined): Json | undefined {
  return value && JSON.parse(JSON.stringify(value), (_, member: Json) => {
    const { repeat, letter = 'x' } = (member ?? {}) as { readonly repeat?: number; readonly letter?: string };
    return typeof repeat === 'number' ? letter.repeat(repeat) : member;
  }) as Json;
}

function parsed({ output, inspectionData, ...rest }: JsonObject): JsonObject {
  const data = inspectionData as JsonObject | undefined;
  return {
    ...rest,
    ...(output !== undefined && { output: JSON.parse(output as string) as Json }),
    ...(data && { inspectionData: Object.fromEntries(Object.entries(data).map(([field, value]) => [field, typeof value === 'string' ? (JSON.parse(value) as Json) : value])) }),
  };
}
