import { isJsonObject, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import type { ArchiveRecord } from '../../archive/archive-state.ts';
import { ARCHIVE_KIND } from '../../archive/archive.ts';
import type { BusRecord, RuleRecord } from '../../bus/bus-state.ts';
import { readPattern } from '../../bus/rule-patterns.ts';
import { exists, invalid, notFound } from '../../errors.ts';
import { assertKeyUsable } from '../../kms-key.ts';
import { archiveArn, ruleArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';
import { askAll, type Finish } from '../gather.ts';

interface ArchiveInput {
  readonly ArchiveName: string;
  readonly EventSourceArn?: string;
  readonly Description?: string;
  readonly EventPattern?: string;
  readonly RetentionDays?: number;
  readonly KmsKeyIdentifier?: string;
}

export function createArchive(context: DirectoryContext, input: JsonObject): Json {
  const { ArchiveName: name, EventSourceArn: source = '', RetentionDays: retentionDays = 0 } = input as unknown as ArchiveInput;
  const { limits, place } = context.options;
  if (context.record('archive', name)) throw exists(`Archive ${name} already exists.`);
  busOf(context, source);
  const settings = settingsOf(context, input);
  const same = namesOf(context.state, 'archive').filter((other) => context.record<ArchiveRecord>('archive', other)!.busArn === source);
  if (same.length >= limits.archivesPerBus) throw new ServiceFault('LimitExceededException');
  const archive: ArchiveRecord = { ...settings, name, arn: archiveArn(place, name), busArn: source, creationTime: context.now, retentionDays };
  keepRecord(context.state, 'archive', name, archive);
  context.effects.push({ type: 'spawn', kind: ARCHIVE_KIND, address: archive.arn, notice: { type: 'create', archive: archive as unknown as Json } });
  keepManagedRule(context, archive);
  return { ArchiveArn: archive.arn, State: 'CREATING', CreationTime: archive.creationTime };
}

export function updateArchive(context: DirectoryContext, input: JsonObject): Json {
  const { ArchiveName: name, Description, EventPattern, RetentionDays: retentionDays, KmsKeyIdentifier } = input as unknown as ArchiveInput;
  const known = archiveNamed(context, name);
  if (Description === undefined && EventPattern === undefined && retentionDays === undefined && KmsKeyIdentifier === undefined) {
    throw invalid('Parameter(s) Description, EventPattern or RetentionDays must be specified.');
  }
  const archive: ArchiveRecord = { ...known, ...settingsOf(context, input), ...(retentionDays !== undefined && { retentionDays }) };
  keepRecord(context.state, 'archive', name, archive);
  context.notify(archive.arn, { type: 'update', archive: archive as unknown as Json });
  keepManagedRule(context, archive);
  return { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: archive.creationTime };
}

export function deleteArchive(context: DirectoryContext, input: JsonObject): Json {
  const { name, arn, busArn } = archiveNamed(context, input['ArchiveName'] as string);
  dropRecord(context.state, 'archive', name);
  context.notify(arn, { type: 'delete' });
  context.notify(busArn, { type: 'dropManagedRule', name: ruleNameOf(name) });
  return {};
}

/** Of an archive that is not there; one that is describes itself. */
export function describeArchive(_context: DirectoryContext, input: JsonObject): never {
  throw notFound(`Archive ${input['ArchiveName'] as string} does not exist.`);
}

/** Each archive of the page tells how much it keeps. */
export function listArchives(context: DirectoryContext, input: JsonObject): Json | undefined {
  const { NamePrefix: prefix = '', EventSourceArn: source, State: state } = input as { NamePrefix?: string; EventSourceArn?: string; State?: string };
  const names = namesOf(context.state, 'archive').filter((name) => name.startsWith(prefix) && (source === undefined || context.record<ArchiveRecord>('archive', name)!.busArn === source) && (state ?? 'ENABLED') === 'ENABLED');
  const { page, ...rest } = pageOf('ListArchives', { prefix, source: source ?? null }, names, input);
  if (page.length === 0) return { Archives: [] };
  return askAll(context, page.map((name) => ({ to: archiveArn(context.options.place, name), request: { action: 'DescribeArchive', input: { ArchiveName: name } } })), { type: 'listArchives', rest });
}

export const finishListArchives: Finish = (answers, what): Outcome => {
  const archives = answers.flatMap((answer) => {
    if (!answer.ok) return [];
    const { ArchiveArn: _arn, Description: _description, EventPattern: _pattern, KmsKeyIdentifier: _key, ...summary } = answer.value as JsonObject;
    return [summary];
  });
  return { ok: true, value: { Archives: archives, ...(what['rest'] as JsonObject) } };
};

export function archiveNamed(context: DirectoryContext, name: string): ArchiveRecord {
  const archive = context.record<ArchiveRecord>('archive', name);
  if (!archive) throw notFound(`Archive ${name} does not exist.`);
  return archive;
}

/** The bus of an ARN. @throws ServiceFault where there is none */
export function busOf(context: DirectoryContext, arn: string): BusRecord {
  const name = arn.slice(arn.indexOf(':event-bus/') + ':event-bus/'.length);
  const bus = context.record<BusRecord>('bus', name);
  if (bus?.arn !== arn) throw notFound(`Event bus ${name} does not exist.`);
  return bus;
}

function settingsOf({ options }: DirectoryContext, input: JsonObject): Partial<ArchiveRecord> {
  const { Description: description, EventPattern: pattern, KmsKeyIdentifier: kmsKey } = input as Partial<ArchiveInput>;
  if (pattern !== undefined) readPattern(pattern, options.limits);
  assertKeyUsable(options.kms, 'KmsKeyIdentifier', kmsKey);
  return { ...(description !== undefined && { description }), ...(pattern !== undefined && { pattern }), ...(kmsKey !== undefined && { kmsKey }) };
}

function ruleNameOf(archive: string): string {
  return `Events-Archive-${archive}`;
}

/** The rule of the service's own that brings a bus's events to an archive; replayed ones are not archived again. */
function keepManagedRule({ options, now, effects }: DirectoryContext, { name, arn, busArn, pattern }: ArchiveRecord): void {
  const wanted = pattern === undefined ? {} : (JSON.parse(pattern) as Json);
  const bus = busArn.slice(busArn.indexOf(':event-bus/') + ':event-bus/'.length);
  const rule: RuleRecord = {
    name: ruleNameOf(name),
    arn: ruleArn(options.place, bus, ruleNameOf(name)),
    state: 'ENABLED',
    pattern: JSON.stringify({ ...(isJsonObject(wanted) ? wanted : {}), 'replay-name': [{ exists: false }] }),
    managedBy: 'prod.vhs.events.aws.internal',
    since: now,
  };
  effects.push({ type: 'notice', to: busArn, notice: { type: 'keepManagedRule', rule: rule as unknown as Json, targets: [{ Id: ruleNameOf(name), Arn: arn }] } });
}
