import type { JsonObject } from '@interstate/kernel';
import type { Action } from '../action.ts';
import { assertRoleArn } from '../names.ts';
import { TEST_STATE_KIND, type TaskTest } from '../test-state/test-machine.ts';
import { testState as answerTest } from '../test-state/test-state.ts';

/** Implements TestState. A Task without mock is left to a machine of its own, which asks the Task's resource. */
export const testState: Action = (context, input) => {
  if (input['roleArn'] !== undefined) assertRoleArn(input['roleArn']);
  const { region, account, now, crypto, directory, effects } = context;
  const environment: TaskTest['environment'] = { region, account, now, stateMachineName: context.uuid(), executionName: context.uuid(), seed: context.seed() };
  const answer = answerTest(input, { ...environment, crypto, schemas: context.options.responseSchemas, probeOf: context.options.probeOf });
  if (answer.type === 'response') return answer.response;
  const address = `${directory}:testState:${environment.executionName}`;
  const test: TaskTest = { address, input, environment, request: answer.request };
  effects.push({ type: 'spawn', kind: TEST_STATE_KIND, address, notice: null });
  return context.forward(address, test as unknown as JsonObject);
};
