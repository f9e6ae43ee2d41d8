import type { Json, JsonObject, Outcome, ReplyTo } from '@interstate/kernel';
import type { ExecutionStatus, StartNotice } from '@interstate/core';
import type { ActionContext } from '../action.ts';
import { deletedKey } from '../actions/delete-state-machine.ts';
import { readRecord, type DirectoryState, type ExecutionRecord, type RevisionRecord, type StateMachineRecord } from '../directory-state.ts';
import { STATES_HOST, type HostRequest } from '../host-door.ts';
import { splitLabel } from '../names.ts';
import { revisionKey } from '../state-machines.ts';
import { askElsewhere } from '../waiting.ts';

/** An execution as the host finds it, whoever has started it. */
export interface FoundExecution {
  readonly start: StartNotice;
  readonly status: ExecutionStatus;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly ending: { readonly stopTime: number; readonly output?: Json; readonly error?: string; readonly cause?: string } | null;
  readonly redrives: { readonly count: number; readonly time: number } | null;
  /** Its history has no room for a redrive. */
  readonly final: boolean;
}

/** A call that waits until the child execution it asks for is found. */
export interface ChildCall {
  readonly action: string;
  readonly input: JsonObject;
}

/** A Map run's child execution: the directory keeps no record of it, for there may be millions. */
export interface ChildExecution {
  readonly executionArn: string;
  /** Undefined: there is no such child, or none any more. */
  readonly record: ExecutionRecord | undefined;
}

/** Whether a call asks for a child execution, by an ARN that names a Map state's label: `execution:<machine>/<label>:<name>`. */
export function asksForChild({ executionArn }: JsonObject): boolean {
  return typeof executionArn === 'string' && executionArn.includes('/') && CHILD.test(executionArn);
}

const CHILD = /^arn:[^:]*:states:[^:]*:[^:]*:(?:execution|express):[^:/]+\/[^:]+:./;

/** Asks the host for the child; the call is answered once it is found. */
export function findChild(context: ActionContext, call: ChildCall, replyTo: ReplyTo): void {
  const request: HostRequest = { type: 'execution', executionArn: call.input['executionArn'] as string };
  askElsewhere(context, STATES_HOST, request, replyTo, { child: call });
}

/** What the host has found. */
export function childFound({ state }: ActionContext, { input }: ChildCall, outcome: Outcome): ChildExecution {
  const found = outcome.ok ? (outcome.value as unknown as FoundExecution | null) : null;
  return { executionArn: input['executionArn'] as string, record: found?.start.mapRunArn === undefined ? undefined : recordOf(state, found) };
}

function recordOf(state: DirectoryState, found: FoundExecution): ExecutionRecord | undefined {
  const { start, status, startTime, ending, redrives, final } = found;
  const { executionArn, stateMachineArn, input, executionType, mapRunArn } = start;
  const revision = revisionOfChild(state, start);
  if (revision === undefined) return undefined;
  return {
    sequence: 0,
    stateMachineArn,
    name: executionArn.split(':')[7]!,
    startTime,
    inputText: JSON.stringify(input),
    revision,
    status,
    ...ending,
    ...(executionType === 'EXPRESS' && { express: true }),
    ...(redrives && { redriveCount: redrives.count, redriveTime: redrives.time }),
    ...(final && { final }),
    ...(mapRunArn !== undefined && { mapRunArn }),
  };
}

/** Key of the newest revision with the program and the role that the child has from its parent. */
function revisionOfChild(state: DirectoryState, { stateMachineArn, programId, roleArn }: StartNotice): string | undefined {
  const parent = splitLabel(stateMachineArn).stateMachineArn;
  const revisions = readRecord<StateMachineRecord>(state, parent)?.revisions ?? (state.records.get(deletedKey(parent)) as number | undefined) ?? 0;
  for (let number = revisions; number > 0; number--) {
    const key = revisionKey(parent, number);
    const revision = readRecord<RevisionRecord>(state, key);
    if (revision?.programId === programId && revision.roleArn === roleArn) return key;
  }
  return undefined;
}
