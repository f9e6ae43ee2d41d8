import type { Action } from '../action.ts';
import { readRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { executionRecord } from '../executions.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { assertMapRun } from '../map-run/registry.ts';
import { listPage } from '../pagination.ts';
import { versionOrAlias } from '../state-machines.ts';
import { listed } from './describe-execution.ts';

/** Implements ListExecutions, newest first: of a state machine, a version, an alias; those of a Map run are asked of the Map run. */
export const listExecutions: Action = (context, input) => {
  const { stateMachineArn: arn, mapRunArn, redriveFilter } = input;
  const statusFilter = input['statusFilter'] as string | undefined;
  if ((arn === undefined) === (mapRunArn === undefined)) throw new StatesError('ValidationException', { reason: 'Must specify exactly one of stateMachineArn and mapRunArn' });
  if (mapRunArn !== undefined) {
    assertMapRun(context.state, mapRunArn);
    return context.forward(mapRunArn, { action: 'ListExecutions', input });
  }
  if (statusFilter === 'PENDING_REDRIVE' || redriveFilter !== undefined) {
    throw new StatesError('ValidationException', { reason: `${redriveFilter === undefined ? 'The status filter PENDING_REDRIVE' : 'A redrive filter'} can only be used with mapRunArn` });
  }
  assertStatesArn(arn, 'stateMachine');
  const { stateMachineArn, qualifier } = splitQualifier(arn);
  const machine = readRecord<StateMachineRecord>(context.state, stateMachineArn);
  if (machine === undefined || (qualifier !== undefined && !versionOrAlias(context, arn))) throw new StatesError('StateMachineDoesNotExist', { arn });
  if (machine.type === 'EXPRESS') throw new StatesError('StateMachineTypeNotSupported');
  const { executions } = context.state.index.of(stateMachineArn);
  const { entries, token } = listPage(
    context,
    `ListExecutions ${arn} ${statusFilter ?? ''}`,
    input,
    (before, count) => executions.newestFirst(statusFilter, qualifier === undefined ? undefined : arn, before as number | undefined, count),
    (executionArn) => executionRecord(context.state, executionArn)!.sequence,
  );
  return { executions: entries.map((executionArn) => listed(executionArn, executionRecord(context.state, executionArn)!)), ...token };
};
