import type { ExecutionEnd, ExecutionRedriven } from '@interstate/core';
import type { ActionContext } from './action.ts';
import { finishDeletion } from './actions/delete-state-machine.ts';
import { syncResult } from './actions/start-sync-execution.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { readRecord, writeRecord, type ExecutionRecord, type TokenRecord, type WatchRecord } from './directory-state.ts';
import { changeExecution, executionRecord } from './executions.ts';
import { retain } from './retention.ts';
import { tellStatus } from './status-events.ts';
import { childEnded } from './tasks.ts';
import { sdkOutcome } from './sdk-task.ts';
import { callerKey } from './waiting.ts';

/** An execution has ended: it is known to have, whoever waits for it hears, and its retention begins. */
export function executionEnded(context: ActionContext, end: ExecutionEnd): void {
  const { executionArn } = end;
  const before = executionRecord(context.state, executionArn);
  if (!before) return;
  const record = endedRecord(before, end);
  changeExecution(context, executionArn, before, record);
  retain(context, executionArn, record);
  answerWatch(context, executionArn, record, end);
  tellStatus(context, executionArn, record);
  if (context.state.index.deleting > 0) finishDeletion(context, record.stateMachineArn);
}

function endedRecord(before: ExecutionRecord, { status, stopTime, output, error, cause, final }: ExecutionEnd): ExecutionRecord {
  const { sequence, stateMachineArn, name, startTime, inputText, revision } = before;
  if (output !== undefined && before.express === undefined && before.versionArn === undefined && before.traceHeader === undefined && before.redriveCount === undefined) {
    // What nearly all of them are; written out, it takes a fraction of the time.
    return { sequence, stateMachineArn, name, startTime, inputText, revision, status, stopTime, output };
  }
  return {
    ...before,
    status,
    stopTime,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(final && { final }),
  };
}

function answerWatch(context: ActionContext, executionArn: string, record: ExecutionRecord, end: ExecutionEnd): void {
  const { state } = context;
  if (state.index.watched === 0) return;
  const key = `watch:${executionArn}`;
  const watch = readRecord<WatchRecord>(state, key);
  if (!watch) return;
  state.records.delete(key);
  state.index.watched--;
  state.index.watchers.delete(callerKey(watch.replyTo));
  const outcome = watch.pattern === 'api' ? { ok: true as const, value: syncResult(executionArn, record, watch.includeData ?? true) } : childEnded(end, record, watch.pattern === 'sync:2');
  context.effects.push({ type: 'reply', to: watch.replyTo, outcome: watch.sdk ? sdkOutcome(outcome, context.uuid()) : outcome });
}

/** An ended execution goes on: it runs again, with the same name and history. */
export function executionRedriven(context: ActionContext, { executionArn, redriveCount, redriveTime }: ExecutionRedriven): void {
  const { state } = context;
  const before = executionRecord(state, executionArn);
  if (!before) return;
  const { stopTime: _stopTime, output: _output, error: _error, cause: _cause, ...kept } = before;
  const record: ExecutionRecord = { ...kept, status: 'RUNNING', redriveCount, redriveTime };
  changeExecution(context, executionArn, before, record);
  state.index.redriven.set(executionArn, (state.index.redriven.get(executionArn) ?? 0) + 1);
  tellStatus(context, executionArn, record);
}

/** A Task waits for this token from now on. */
export function tokenOpened({ state }: ActionContext, executionArn: string, token: string, callId: string): void {
  writeRecord<TokenRecord>(state, `token:${token}`, { executionArn, callId });
  addToken(state.index, executionArn, token);
}

export function addToken({ tokens }: DirectoryIndex, executionArn: string, token: string): void {
  const given = tokens.get(executionArn);
  if (given) given.push(token);
  else tokens.set(executionArn, [token]);
}

/** A Task no longer waits for its token. Late answers hear TaskTimedOut, for as long as the execution is known. */
export function tokenClosed({ state }: ActionContext, token: string): void {
  const key = `token:${token}`;
  const record = readRecord<TokenRecord>(state, key);
  if (!record) return;
  if (!executionRecord(state, record.executionArn)) {
    // A child of a Map run: nobody would forget the token later.
    state.records.delete(key);
    state.index.tokens.delete(record.executionArn);
  } else if (!record.closed) writeRecord<TokenRecord>(state, key, { ...record, closed: true });
}
