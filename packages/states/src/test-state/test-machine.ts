import { RecordMap, type Address, type Effect, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo, type ResponseSchemas, type StepContext, type TaskRequest } from '@interstate/kernel';
import type { ProbeOf } from '@interstate/core';
import { StatesError } from '../errors.ts';
import { STATES_HOST, type HostRequest } from '../host-door.ts';
import { testState, type TestStateEnvironment } from './test-state.ts';

export const TEST_STATE_KIND = 'states:testState';

/** What a test of a Task without mock is asked: the input of TestState, where it is tested, and what the Task asks for. */
export interface TaskTest {
  /** Where the test lives: forgotten once it has answered. */
  readonly address: Address;
  readonly input: JsonObject;
  readonly environment: Pick<TestStateEnvironment, 'region' | 'account' | 'now' | 'stateMachineName' | 'executionName' | 'seed'>;
  readonly request: TaskRequest;
}

type Options = Pick<TestStateEnvironment, 'schemas' | 'probeOf'>;

interface TestMachineState {
  readonly records: RecordMap;
}

/** The test under `test`, with whom to answer. */
interface TestRecord extends TaskTest {
  readonly replyTo: ReplyTo;
}

/** Seconds a test may take. */
const MOST_SECONDS = 300;
const CALL = '1';
const TIMER = 't';

/** One test of a Task without mock: asks the Task's resource, and answers with what becomes of the state. Ends with its answer. */
export function testStateMachine(schemas: ResponseSchemas | undefined, probeOf?: ProbeOf): Machine<TestMachineState> {
  return {
    kind: TEST_STATE_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step({ records }, message, context) {
      records.begin();
      return { effects: receive(records, message, context, { schemas, probeOf }), journal: [] };
    },
  };
}

function receive(records: RecordMap, message: Message, context: StepContext, options: Options): Effect[] {
  if (message.type === 'call') return begin(records, message.request as unknown as TaskTest, message.replyTo, context);
  const test = records.get('test') as unknown as TestRecord | undefined;
  if (!test) return [];
  switch (message.type) {
    case 'reply':
      return [{ type: 'clearTimer', key: TIMER }, ...end(records, test, message.outcome, context, options)];
    case 'timer':
      return [{ type: 'cancel', callId: CALL }, ...end(records, test, { ok: false, error: { Error: 'States.Timeout' } }, context, options)];
    case 'cancelled':
      records.delete('test');
      return [{ type: 'cancel', callId: CALL }, { type: 'clearTimer', key: TIMER }, ...forgotten(test.address)];
    default:
      return [];
  }
}

function begin(records: RecordMap, test: TaskTest, replyTo: ReplyTo, { now }: StepContext): Effect[] {
  const { request } = test;
  records.set('test', { ...test, replyTo } as unknown as Json);
  const seconds = Math.min(request.timeoutSeconds ?? MOST_SECONDS, request.heartbeatSeconds ?? MOST_SECONDS, MOST_SECONDS);
  return [
    { type: 'timer', key: TIMER, at: now + seconds * 1000 },
    { type: 'call', to: request.resource, callId: CALL, request: request as unknown as Json },
  ];
}

function end(records: RecordMap, { address, input, environment, replyTo }: TestRecord, taskOutcome: Outcome, { crypto }: StepContext, options: Options): Effect[] {
  records.delete('test');
  return [{ type: 'reply', to: replyTo, outcome: outcomeOf(() => testState(input, { ...environment, ...options, crypto }, taskOutcome)) }, ...forgotten(address)];
}

/** Nothing asks for a test that is over, so nothing need keep it. */
function forgotten(address: Address): Effect[] {
  const request: HostRequest = { type: 'forget', addresses: [address] };
  return [{ type: 'ended' }, { type: 'call', to: STATES_HOST, callId: 'forget', request: request as unknown as Json }];
}

function outcomeOf(test: () => ReturnType<typeof testState>): Outcome {
  try {
    const answer = test();
    if (answer.type === 'call') throw new Error('A Task whose outcome is known asks for nothing.');
    return { ok: true, value: answer.response };
  } catch (error) {
    if (error instanceof StatesError) return { ok: false, error: error.toFailure() };
    throw error;
  }
}
