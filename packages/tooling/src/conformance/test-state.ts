import { nodeCrypto } from '@interstate/runtime';
import { isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { validateRequest } from '@interstate/service-kit';
import { INPUT_SHAPES, StatesError, testState, type TestStateEnvironment } from '@interstate/states';
import { compareCause, compareValue, type Comparison, shown } from '@interstate/testing/internal';
import { readRecordings } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly notes?: readonly string[];
  /** JSON texts parsed. */
  readonly request: JsonObject & { readonly mock?: JsonObject; readonly stateConfiguration?: JsonObject };
  readonly response: RecordedResponse;
}

type RecordedResponse = Readonly<Record<string, Json>> & { readonly error?: Json; readonly inspectionData?: JsonObject };

/** TestState calls: answer or refusal. */
export const testStateSuite: Suite = {
  id: 'test-state',
  async run(folder, options) {
    const cases = readRecordings(folder)?.filter((one): one is Case => one.kind === 'test-state') ?? [];
    return cases.length === 0 ? undefined : runChecks('test-state', cases.map((one) => ({ id: one.id, rule: ruleOf(one), check: () => checkCase(one) })), options);
  },
};

/** The recorded module: `state_configuration`, `mock_validation`… */
function ruleOf({ id }: Case): string {
  return id.split('/').at(-1)!.split('::')[0]!.replace(/^(?:test_)+|\.py$/g, '');
}

const ENVIRONMENT: TestStateEnvironment = {
  region: 'us-east-1',
  account: '111111111111',
  now: Date.UTC(2026, 0, 1),
  crypto: nodeCrypto,
  stateMachineName: 'state-machine-1',
  executionName: 'execution-1',
  seed: [1, 2, 3, 4],
};

function checkCase(one: Case): string | undefined {
  const refusal = recordedRefusal(one.response);
  try {
    const given = requestOf(one, refusal);
    const fault = validateRequest(INPUT_SHAPES.TestState, given);
    if (fault) throw new StatesError(fault.code, { reason: fault.message });
    const first = testState(given, ENVIRONMENT);
    const answer = first.type === 'call' ? testState(given, ENVIRONMENT, taskOutcome(one)) : first;
    if (answer.type === 'call') return `recorded ${shown(one.response)}, asked ${answer.request.resource} again`;
    return refusal ? `recorded ${shown(refusal)}, got ${shown(answer.response)}` : compareResponse(one.response, answer.response).difference;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return compareValue(refusal ?? one.response, { code: error.code, message: error.message }, new Map()).difference;
  }
}

function recordedRefusal({ error }: RecordedResponse): JsonObject | undefined {
  return typeof error === 'object' ? (error as JsonObject) : undefined;
}

/** The request as it went over the wire. Recordings leave roleArn out: it is taken to have been given, but where its absence is what was recorded. */
function requestOf({ request, notes = [] }: Case, refusal: JsonObject | undefined): JsonObject {
  const { definition, input, variables, context, mock, stateConfiguration, ...rest } = request;
  const resultIsNoJson = notes.some((note) => note.startsWith('mock.result is not JSON'));
  const text = (member: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [member]: JSON.stringify(value) });
  return {
    ...rest,
    definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
    ...text('input', input),
    ...text('variables', variables),
    ...text('context', context),
    ...(mock && { mock: { ...mock, ...(!resultIsNoJson && text('result', mock['result'])) } }),
    ...(stateConfiguration && { stateConfiguration: { ...stateConfiguration, ...text('mapItemReaderData', stateConfiguration['mapItemReaderData']) } }),
    ...(!JSON.stringify(refusal ?? null).includes('RoleArn must be') && { roleArn: 'arn:aws:iam::111111111111:role/role-1' }),
  };
}

/** What the Task gave: as shown, or else where it went. */
function taskOutcome({ request, response: { inspectionData, output, error, cause } }: Case): Outcome {
  const { ResultPath, OutputPath } = isJsonObject(request['definition']) ? request['definition'] : {};
  const member = typeof ResultPath === 'string' && OutputPath === undefined && isJsonObject(output) ? output[ResultPath.slice(2)] : undefined;
  const result = inspectionData?.['result'] ?? member ?? output;
  if (result !== undefined) return { ok: true, value: result };
  return { ok: false, error: { ...(typeof error === 'string' && { Error: error }), ...(cause !== undefined && { Cause: typeof cause === 'string' ? cause : JSON.stringify(cause) }) } };
}

function compareResponse({ cause, ...recorded }: RecordedResponse, { cause: actualCause, ...answered }: JsonObject): Comparison {
  const actual: Record<string, Json> = { ...answered };
  if (typeof actual['output'] === 'string') actual['output'] = JSON.parse(actual['output']) as Json;
  if (actual['inspectionData'] !== undefined) actual['inspectionData'] = parsedData(actual['inspectionData'] as JsonObject);
  const compared = compareValue(recorded, actual, new Map());
  return compared.difference === undefined ? compareCause(cause, actualCause, compared.bindings, '/cause') : compared;
}

/** All texts of inspectionData but those of an HTTP exchange are JSON. */
function parsedData(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, typeof value === 'string' ? (JSON.parse(value) as Json) : value]));
}
