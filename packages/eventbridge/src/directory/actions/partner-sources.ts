import type { ApiRequest, Json, JsonObject, Outcome } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { areTooBig, readEntry, type EntryFault } from '../../bus/event-entry.ts';
import { exists, invalid, notFound } from '../../errors.ts';
import { busArn, eventsArn } from '../../names.ts';
import { pageOf } from '../../pagination.ts';
import type { DirectoryContext } from '../directory-context.ts';
import { dropRecord, keepRecord, namesOf } from '../directory-state.ts';
import { askAll, type Finish } from '../gather.ts';

type State = 'PENDING' | 'ACTIVE' | 'DELETED';

/** A partner event source: offered by a partner to an account, whose bus of the same name takes its events while it is active. */
export interface PartnerSourceRecord {
  readonly name: string;
  /** Account it is offered to: its state there. */
  readonly accounts: Readonly<Record<string, State>>;
  readonly creationTime: number;
}

/** A source that nobody takes is withdrawn after two weeks. */
const PENDING_MS = 14 * 86_400_000;

export function createPartnerEventSource(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name, Account: account } = input as { Name: string; Account: string };
  const known = context.record<PartnerSourceRecord>('partner', name);
  if (known && Object.hasOwn(known.accounts, account) && known.accounts[account] !== 'DELETED') throw exists(`Partner event source ${name} already exists for account ${account}.`);
  if (!known && namesOf(context.state, 'partner').length >= context.options.limits.partnerEventSources) throw new ServiceFault('LimitExceededException');
  keepRecord<PartnerSourceRecord>(context.state, 'partner', name, { name, accounts: { ...known?.accounts, [account]: 'PENDING' }, creationTime: known?.creationTime ?? context.now });
  return { EventSourceArn: partnerArn(context, name) };
}

export function deletePartnerEventSource(context: DirectoryContext, input: JsonObject): Json {
  const { Name: name, Account: account } = input as { Name: string; Account: string };
  const known = context.record<PartnerSourceRecord>('partner', name);
  if (!known) return {};
  const { [account]: state, ...others } = known.accounts;
  // A bus that takes its events is left behind.
  const accounts: PartnerSourceRecord['accounts'] = state === 'ACTIVE' || state === 'DELETED' ? { ...others, [account]: 'DELETED' } : others;
  if (Object.keys(accounts).length === 0) dropRecord(context.state, 'partner', name);
  else keepRecord<PartnerSourceRecord>(context.state, 'partner', name, { ...known, accounts });
  return {};
}

export function describePartnerEventSource(context: DirectoryContext, input: JsonObject): Json {
  const { name } = sourceNamed(context, input['Name'] as string);
  return { Arn: partnerArn(context, name), Name: name };
}

export function listPartnerEventSources(context: DirectoryContext, input: JsonObject): Json {
  const prefix = input['NamePrefix'] as string;
  const { page, ...rest } = pageOf('ListPartnerEventSources', { prefix }, namesOf(context.state, 'partner').filter((name) => name.startsWith(prefix)), input);
  return { PartnerEventSources: page.map((name) => ({ Arn: partnerArn(context, name), Name: name })), ...rest };
}

export function listPartnerEventSourceAccounts(context: DirectoryContext, input: JsonObject): Json {
  const source = sourceNamed(context, input['EventSourceName'] as string);
  const { page, ...rest } = pageOf('ListPartnerEventSourceAccounts', { name: source.name }, Object.keys(source.accounts).sort(), input);
  return { PartnerEventSourceAccounts: page.map((account) => ({ Account: account, ...timesOf(source, source.accounts[account]!) })), ...rest };
}

export function describeEventSource(context: DirectoryContext, input: JsonObject): Json {
  return ownSummary(context, ownSource(context, input['Name'] as string));
}

export function listEventSources(context: DirectoryContext, input: JsonObject): Json {
  const { NamePrefix: prefix = '' } = input as { NamePrefix?: string };
  const { account } = context.options.place;
  const names = namesOf(context.state, 'partner').filter((name) => name.startsWith(prefix) && Object.hasOwn(context.record<PartnerSourceRecord>('partner', name)!.accounts, account));
  const { page, ...rest } = pageOf('ListEventSources', { prefix }, names, input);
  return { EventSources: page.map((name) => ownSummary(context, context.record<PartnerSourceRecord>('partner', name)!)), ...rest };
}

export function activateEventSource(context: DirectoryContext, input: JsonObject): Json {
  return setState(context, input['Name'] as string, 'ACTIVE');
}

export function deactivateEventSource(context: DirectoryContext, input: JsonObject): Json {
  return setState(context, input['Name'] as string, 'PENDING');
}

/** A bus takes the events of a source that is offered to the account. @throws ServiceFault where it is not */
export function takeSource(context: DirectoryContext, name: string): void {
  setState(context, name, 'ACTIVE');
}

function setState(context: DirectoryContext, name: string, state: State): Json {
  const source = ownSource(context, name);
  const { account } = context.options.place;
  if (source.accounts[account] === 'DELETED') throw new ServiceFault('InvalidStateException', { reason: `Event source ${name} is deleted.` });
  keepRecord<PartnerSourceRecord>(context.state, 'partner', name, { ...source, accounts: { ...source.accounts, [account]: state } });
  return {};
}

/** The partner's side of PutEvents. Events go to the bus of the source where it is active. */
export function putPartnerEvents(context: DirectoryContext, input: JsonObject, _request: ApiRequest): Json | undefined {
  const { options } = context;
  const entries = input['Entries'] as readonly JsonObject[];
  if (areTooBig(entries, options.limits.putEventsBytes)) throw invalid('Total size of the entries in the request is over the limit.');
  const caller = { service: PARTNER, sourceArn: '', account: options.place.account };
  const results: JsonObject[] = [];
  const calls: { readonly to: string; readonly request: Json }[] = [];
  const places: number[] = [];
  entries.forEach((entry, index) => {
    const fault = faultOf(context, entry);
    if (fault) results[index] = { ErrorCode: fault.ErrorCode, ErrorMessage: fault.ErrorMessage };
    else {
      results[index] = { EventId: context.uuid() };
      const { name, accounts } = context.record<PartnerSourceRecord>('partner', entry['Source'] as string)!;
      if (accounts[options.place.account] !== 'ACTIVE') return;
      places.push(index);
      calls.push({ to: busArn(options.place, name), request: { action: 'PutEvents', input: { Entries: [entry] }, caller } });
    }
  });
  const what = { type: 'putPartnerEvents', results, places };
  return calls.length === 0 ? answerOf(results) : askAll(context, calls, what);
}

const PARTNER = 'partner.events.amazonaws.com';

function faultOf(context: DirectoryContext, entry: JsonObject): EntryFault | undefined {
  const read = readEntry(entry, { service: PARTNER, sourceArn: '', account: '' }, context.options.limits);
  if ('ErrorCode' in read) return read;
  return context.record('partner', read.source) ? undefined : { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter Source is not valid. Reason: Event source ${read.source} does not exist.` };
}

export const finishPutPartnerEvents: Finish = (answers, what): Outcome => {
  const results = [...(what['results'] as readonly JsonObject[])];
  (what['places'] as readonly number[]).forEach((place, index) => {
    const answer = answers[index]!;
    const [result] = answer.ok ? ((answer.value as JsonObject)['Entries'] as readonly JsonObject[]) : [];
    if (result) results[place] = result;
  });
  return { ok: true, value: answerOf(results) };
};

function answerOf(results: readonly JsonObject[]): JsonObject {
  return { Entries: results, FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length };
}

function sourceNamed(context: DirectoryContext, name: string): PartnerSourceRecord {
  const source = context.record<PartnerSourceRecord>('partner', name);
  if (!source) throw notFound(`Event source ${name} does not exist.`);
  return source;
}

function ownSource(context: DirectoryContext, name: string): PartnerSourceRecord {
  const source = sourceNamed(context, name);
  if (!Object.hasOwn(source.accounts, context.options.place.account)) throw notFound(`Event source ${name} does not exist.`);
  return source;
}

function ownSummary(context: DirectoryContext, source: PartnerSourceRecord): JsonObject {
  const { account } = context.options.place;
  return { Arn: eventsArn(context.options.place, `event-source/${source.name}`), CreatedBy: source.name.split('/').slice(0, 2).join('/'), Name: source.name, ...timesOf(source, source.accounts[account]!) };
}

function timesOf({ creationTime }: PartnerSourceRecord, state: State): JsonObject {
  return { CreationTime: creationTime, ...(state === 'PENDING' && { ExpirationTime: creationTime + PENDING_MS }), State: state };
}

function partnerArn(context: DirectoryContext, name: string): string {
  return `arn:aws:events:${context.options.place.region}::event-source/${name}`;
}
