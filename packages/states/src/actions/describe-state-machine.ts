import type { Json, JsonObject } from '@interstate/kernel';
import type { Action, ActionContext } from '../action.ts';
import { readRecord, type RevisionRecord, type StateMachineRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { assertKeyUsable, revisionOf, stateMachineOf, versionOrAlias } from '../state-machines.ts';
import { variableReferences } from '../variable-references.ts';

/** Implements DescribeStateMachine, of a state machine or of one of its versions. */
export const describeStateMachine: Action = (context, { stateMachineArn, includedData }) => {
  assertStatesArn(stateMachineArn, 'stateMachine');
  const { stateMachineArn: unqualified } = splitQualifier(stateMachineArn);
  const qualified = versionOrAlias(context, stateMachineArn);
  // A number that an alias routes to is described; an alias is not.
  const version = qualified?.version ?? routedVersion(context, qualified?.alias?.routing[0]?.stateMachineVersionArn);
  if (unqualified !== stateMachineArn && !version) throw new StatesError('StateMachineDoesNotExist', { arn: stateMachineArn });
  const machine: StateMachineRecord = stateMachineOf(context, unqualified);
  const revision = revisionOf(context, version?.revision ?? machine.revision);
  return {
    stateMachineArn,
    name: machine.name,
    status: machine.deleting ? 'DELETING' : 'ACTIVE',
    type: machine.type,
    creationDate: version?.creationTime ?? machine.creationTime,
    ...describeRevision(context, revision, includedData),
    ...(version?.description !== undefined && { description: version.description }),
  };
};

function routedVersion({ state }: ActionContext, versionArn: string | undefined): { readonly revision: string; readonly creationTime: number; readonly description?: string } | undefined {
  return versionArn === undefined ? undefined : readRecord(state, versionArn);
}

/** What DescribeStateMachine and DescribeStateMachineForExecution tell of a revision. */
export function describeRevision(context: ActionContext, revision: RevisionRecord, includedData: Json | undefined): JsonObject {
  if (includedData !== 'METADATA_ONLY') assertKeyUsable(context, revision.encryption);
  const references = includedData === 'METADATA_ONLY' ? {} : variableReferences(revision.definition);
  return {
    ...(includedData !== 'METADATA_ONLY' && { definition: revision.definition }),
    roleArn: revision.roleArn,
    loggingConfiguration: revision.logging as unknown as Json,
    tracingConfiguration: revision.tracing,
    encryptionConfiguration: revision.encryption,
    ...(revision.revisionId !== null && { revisionId: revision.revisionId }),
    ...(Object.keys(references).length > 0 && { variableReferences: references }),
  };
}
