import type { Action } from '../action.ts';
import { StatesError } from '../errors.ts';
import { assertRoleArn, assertStatesArn, splitQualifier } from '../names.ts';
import { addProgram, addRevision, publishVersion, readEncryption, readLogging, readTracing, revisionOf, sameContent, usableStateMachine, versionArnOf, type RevisionContent } from '../state-machines.ts';

const NOTHING = 'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified';

/** Implements UpdateStateMachine: a new revision, unless nothing changes. Running executions keep what they were started from. */
export const updateStateMachine: Action = (context, input) => {
  const { stateMachineArn, definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration, publish, versionDescription } = input;
  assertStatesArn(stateMachineArn, 'stateMachine');
  if (splitQualifier(stateMachineArn).qualifier !== undefined) throw new StatesError('StateMachineDoesNotExist', { arn: stateMachineArn });
  const machine = usableStateMachine(context, stateMachineArn);
  if (definition === undefined && roleArn === undefined && loggingConfiguration === undefined && tracingConfiguration === undefined && encryptionConfiguration === undefined) {
    throw new StatesError('MissingRequiredParameter', { reason: NOTHING });
  }
  if (versionDescription !== undefined && publish !== true) throw new StatesError('ValidationException', { reason: 'Version description can only be set when publish is true' });
  if (roleArn !== undefined) assertRoleArn(roleArn);
  const current = revisionOf(context, machine.revision);
  const changed: RevisionContent = {
    definition: (definition as string | undefined) ?? current.definition,
    roleArn: roleArn ?? current.roleArn,
    logging: loggingConfiguration === undefined ? current.logging : readLogging(loggingConfiguration),
    tracing: tracingConfiguration === undefined ? current.tracing : readTracing(tracingConfiguration),
    encryption: encryptionConfiguration === undefined ? current.encryption : readEncryption(context, encryptionConfiguration),
  };
  let { revisionId } = current;
  if (!sameContent(current, changed)) {
    const programId = addProgram(context, changed.definition, machine.type);
    revisionId = context.uuid();
    addRevision(context, stateMachineArn, machine, { ...changed, programId, revisionId });
  }
  return {
    updateDate: context.now,
    ...(revisionId !== null && { revisionId }),
    ...(publish === true && { stateMachineVersionArn: versionArnOf(stateMachineArn, publishVersion(context, stateMachineArn, versionDescription).number) }),
  };
};
