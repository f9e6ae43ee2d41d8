import { isJsonEqual, type Json, type JsonObject } from '@interstate/kernel';
import { invalidDefinitionMessage, validateDefinition } from '@interstate/core';
import type { ActionContext } from './action.ts';
import { readRecord, writeRecord, type AliasRecord, type LoggingConfiguration, type RevisionRecord, type StateMachineRecord, type VersionRecord } from './directory-state.ts';
import { StatesError } from './errors.ts';
import { assertStatesArn, splitQualifier } from './names.ts';

/** The state machine of an unqualified ARN. @throws StatesError StateMachineDoesNotExist */
export function stateMachineOf({ state }: ActionContext, stateMachineArn: string): StateMachineRecord {
  const record = readRecord<StateMachineRecord>(state, stateMachineArn);
  if (record?.revisions === undefined) throw new StatesError('StateMachineDoesNotExist', { arn: stateMachineArn });
  return record;
}

/** The same, refused while it is being deleted. @throws StatesError InvalidArn, StateMachineDoesNotExist, StateMachineDeleting */
export function usableStateMachine(context: ActionContext, stateMachineArn: Json | undefined): StateMachineRecord {
  assertStatesArn(stateMachineArn, 'stateMachine');
  const record = stateMachineOf(context, stateMachineArn);
  if (record.deleting) throw new StatesError('StateMachineDeleting', { arn: stateMachineArn });
  return record;
}

export function revisionOf({ state }: ActionContext, key: string): RevisionRecord {
  return readRecord<RevisionRecord>(state, key)!;
}

export function revisionKey(stateMachineArn: string, number: number): string {
  return `revision:${stateMachineArn}:${number}`;
}

export function versionArnOf(stateMachineArn: string, number: number): string {
  return `${stateMachineArn}:${number}`;
}

/** What a qualified ARN names; undefined where there is no such version or alias. */
export function versionOrAlias({ state }: ActionContext, arn: string): { readonly version?: VersionRecord; readonly alias?: AliasRecord } | undefined {
  const record = readRecord<VersionRecord | AliasRecord>(state, arn);
  if (!record) return undefined;
  if ('routing' in record) return { alias: record };
  return 'number' in record ? { version: record } : undefined;
}

/** @throws StatesError InvalidArn, ResourceNotFound */
export function aliasOf(context: ActionContext, aliasArn: Json | undefined): AliasRecord {
  assertStatesArn(aliasArn, 'stateMachine');
  if (splitQualifier(aliasArn).qualifier === undefined) throw new StatesError('ValidationException', { reason: `The ARN does not name an alias: ${aliasArn}` });
  const alias = versionOrAlias(context, aliasArn)?.alias;
  if (!alias) throw new StatesError('ResourceNotFound', { reason: 'Request references a resource that does not exist.' });
  return alias;
}

/** What a revision is made of, besides its place. */
export type RevisionContent = Pick<RevisionRecord, 'definition' | 'roleArn' | 'logging' | 'tracing' | 'encryption'>;

export function sameContent(a: RevisionContent, b: RevisionContent): boolean {
  return (
    a.definition === b.definition &&
    a.roleArn === b.roleArn &&
    isJsonEqual(a.logging as unknown as Json, b.logging as unknown as Json) &&
    isJsonEqual(a.tracing, b.tracing) &&
    isJsonEqual(a.encryption, b.encryption)
  );
}

/** Checks and compiles a definition under the name its content gives. @throws StatesError InvalidDefinition */
export function addProgram({ crypto, options }: ActionContext, definition: string, type: 'STANDARD' | 'EXPRESS'): string {
  const programId = crypto.hash('SHA-256', `${type}\n${definition}`);
  if (options.programs.has(programId)) return programId;
  const { result, diagnostics } = options.programs.parsingOnce(() => validateDefinition(definition, { type }));
  if (result === 'FAIL') throw new StatesError('InvalidDefinition', { reason: invalidDefinitionMessage(diagnostics) });
  options.programs.add(programId, JSON.parse(definition) as JsonObject);
  return programId;
}

/** Makes a revision the current one of its state machine. */
export function addRevision(context: ActionContext, stateMachineArn: string, machine: StateMachineRecord, revision: Omit<RevisionRecord, 'stateMachineArn' | 'time'>): StateMachineRecord {
  const { state, now } = context;
  const key = revisionKey(stateMachineArn, machine.revisions + 1);
  writeRecord<RevisionRecord>(state, key, { stateMachineArn, ...revision, time: now });
  const changed: StateMachineRecord = { ...machine, revision: key, revisions: machine.revisions + 1 };
  writeRecord(state, stateMachineArn, changed);
  return changed;
}

/** Publishes the current revision; the version it has already, where it has one. @throws StatesError ServiceQuotaExceededException */
export function publishVersion(context: ActionContext, stateMachineArn: string, description: Json | undefined): VersionRecord {
  const { state, now, limits } = context;
  const machine = stateMachineOf(context, stateMachineArn);
  const { versions } = state.index.of(stateMachineArn);
  for (const version of versions.descending(undefined, 1)) if (version.revision === machine.revision) return version;
  if (versions.size >= limits.versions) {
    throw new StatesError('ServiceQuotaExceededException', { reason: `The maximum number of versions (${limits.versions}) of the state machine has been reached: ${stateMachineArn}` });
  }
  const number = machine.lastVersion + 1;
  const version: VersionRecord = { stateMachineArn, number, revision: machine.revision, creationTime: now, ...(typeof description === 'string' && { description }) };
  writeRecord(state, versionArnOf(stateMachineArn, number), version);
  writeRecord<StateMachineRecord>(state, stateMachineArn, { ...machine, lastVersion: number });
  versions.add(version);
  return version;
}

/** The logging configuration as it is kept and described. @throws StatesError InvalidLoggingConfiguration */
export function readLogging(given: Json | undefined): LoggingConfiguration {
  const { level = 'OFF', includeExecutionData = false, destinations } = (given ?? {}) as Partial<LoggingConfiguration>;
  const count = destinations?.length ?? 0;
  if (count > 1 || (count === 0 && level !== 'OFF')) throw new StatesError('InvalidLoggingConfiguration', { reason: 'Must specify exactly one Log Destination.' });
  for (const { cloudWatchLogsLogGroup } of destinations ?? []) {
    if (!cloudWatchLogsLogGroup?.logGroupArn?.startsWith('arn:')) throw new StatesError('InvalidLoggingConfiguration', { reason: 'Log Destination not found.' });
  }
  return { level, includeExecutionData, ...(count > 0 && { destinations: destinations! }) };
}

/** @throws StatesError InvalidEncryptionConfiguration */
export function readEncryption(context: ActionContext, given: Json | undefined): JsonObject {
  if (given === undefined || given === null) return { type: 'AWS_OWNED_KEY' };
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds } = given as { type: string; kmsKeyId?: string; kmsDataKeyReusePeriodSeconds?: number };
  if (type === 'AWS_OWNED_KEY') {
    if (kmsKeyId !== undefined || kmsDataKeyReusePeriodSeconds !== undefined) throw new StatesError('InvalidEncryptionConfiguration', { reason: 'A KMS key can only be given with type CUSTOMER_MANAGED_KMS_KEY' });
    return { type };
  }
  if (kmsKeyId === undefined) throw new StatesError('InvalidEncryptionConfiguration', { reason: 'CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId' });
  const encryption = { kmsKeyId, kmsDataKeyReusePeriodSeconds: kmsDataKeyReusePeriodSeconds ?? 300, type };
  assertKeyUsable(context, encryption);
  return encryption;
}

/** Data under a customer's key can be had only while that key can be used. @throws StatesError KmsAccessDeniedException, KmsInvalidStateException, KmsThrottlingException */
export function assertKeyUsable({ options }: ActionContext, { kmsKeyId }: JsonObject): void {
  const state = kmsKeyId === undefined ? undefined : options.kmsKeyState?.(kmsKeyId as string);
  if (state === 'AccessDenied') throw new StatesError('KmsAccessDeniedException', { reason: `The service is not authorized to use the KMS key ${String(kmsKeyId)}` });
  if (state === 'Throttled') throw new StatesError('KmsThrottlingException', { reason: `Requests to use the KMS key ${String(kmsKeyId)} are throttled` });
  if (state === 'NotFound') throw new StatesError('KmsAccessDeniedException', { reason: `The KMS key ${String(kmsKeyId)} does not exist` });
  if (state === 'Disabled') throw new StatesError('KmsInvalidStateException', { reason: `The KMS key ${String(kmsKeyId)} is disabled` });
  if (state === 'PendingDeletion') throw new StatesError('KmsInvalidStateException', { reason: `The KMS key ${String(kmsKeyId)} is pending deletion` });
}

/** @throws StatesError InvalidTracingConfiguration */
export function readTracing(given: Json | undefined): JsonObject {
  if (given === undefined) return { enabled: false };
  const { enabled } = given as { enabled?: boolean };
  if (enabled === undefined || enabled === null) throw new StatesError('InvalidTracingConfiguration', { reason: 'enabled must be true or false' });
  return { enabled };
}
