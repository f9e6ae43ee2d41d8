import type { Json, JsonObject } from '@interstate/kernel';
import type { Action, ActionContext } from '../action.ts';
import type { RevisionRecord, VersionRecord } from '../directory-state.ts';
import { StatesError } from '../errors.ts';
import { assertStatesArn, splitQualifier } from '../names.ts';
import { assertKeyUsable, revisionOf, stateMachineOf, versionOrAlias } from '../state-machines.ts';
import { variableReferences } from '../variable-references.ts';

/** Implements DescribeStateMachine, of a state machine, a version or an alias. */
export const describeStateMachine: Action = (context, { stateMachineArn, includedData }) => {
  assertStatesArn(stateMachineArn, 'stateMachine');
  const { stateMachineArn: unqualified, qualifier } = splitQualifier(stateMachineArn);
  const version = qualifier === undefined ? undefined : describedVersion(context, stateMachineArn);
  const machine = stateMachineOf(context, unqualified);
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

/** The version itself, or the first that an alias routes to. */
function describedVersion(context: ActionContext, arn: string): VersionRecord {
  const { version, alias } = versionOrAlias(context, arn) ?? {};
  const described = version ?? (alias && versionOrAlias(context, alias.routing[0]!.stateMachineVersionArn)?.version);
  if (!described) throw new StatesError('StateMachineDoesNotExist', { arn });
  return described;
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
