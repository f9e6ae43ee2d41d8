import type { Action } from '../action.ts';
import { readRecord, type StateMachineRecord } from '../directory-state.ts';
import { listPage } from '../pagination.ts';

/** Implements ListStateMachines, by name. */
export const listStateMachines: Action = (context, input) => {
  const { stateMachines } = context.state.index;
  const { entries, token } = listPage(context, 'ListStateMachines', input, (position, count) => stateMachines.ascending(position as string | undefined, count), (name) => name);
  const described = entries.map((name) => {
    const stateMachineArn = context.arn('stateMachine', name);
    const { type, creationTime } = readRecord<StateMachineRecord>(context.state, stateMachineArn)!;
    return { stateMachineArn, name, type, creationDate: creationTime };
  });
  return { stateMachines: described, ...token };
};
