import { base64FromBytes, isJsonEqual, isJsonObject, RecordMap, utf8FromText, type ApiRequest, type Effect, type EpochMs, type Json, type JsonObject, type Machine, type Message } from '@interstate/kernel';
import { createOperations, ServiceFault } from '@interstate/service-kit';
import type { RuleRecord } from '../bus/bus-state.ts';
import { ruleArn, type Place } from '../names.ts';
import { pageOf } from '../pagination.ts';
import { jsonSchemaDraft4, openApi3, schemaName, type EventKind } from './json-schema.ts';
import { SCHEMAS_ERRORS, SCHEMAS_SHAPES } from './model.ts';
import { mergedShape, shapeOf, type Shape } from './shape.ts';
import { typeScriptOf } from './typescript.ts';

export const DISCOVERY_KIND = 'eventbridge:schemas';

/*
 * Records, by key:
 *   discoverer:<id>          a bus whose events are looked at
 *   schema:<name>            what events of a kind were seen to be    version:<name>:<number>  the same as it was
 */

interface DiscovererRecord {
  readonly id: string;
  readonly busArn: string;
  readonly state: 'STARTED' | 'STOPPED';
  /** What else was given, as it is told: Description, CrossAccount, Tags. */
  readonly told: JsonObject;
}

interface SchemaRecord {
  readonly source: string;
  readonly detailType: string;
  readonly versions: number;
}

interface VersionRecord {
  readonly shape: Shape;
  readonly time: EpochMs;
}

export interface DiscoveryState {
  readonly records: RecordMap;
}

interface Context {
  readonly place: Place;
  readonly state: DiscoveryState;
  readonly now: EpochMs;
  readonly effects: Effect[];
}

const REGISTRY = 'discovered-schemas';
/** Older versions are forgotten. */
const KEPT_VERSIONS = 100;
const NOTHING: readonly never[] = [];

/** Discovers the schemas of events: a rule of the service's own sends it those of each bus it is to look at. */
export function discoveryMachine(place: Place): Machine<DiscoveryState> {
  return {
    kind: DISCOVERY_KIND,
    load: (saved) => ({ records: new RecordMap(saved) }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: DiscoveryState, message: Message, { now }) {
      state.records.begin();
      const context: Context = { place, state, now, effects: [] };
      if (message.type === 'call') context.effects.push({ type: 'reply', to: message.replyTo, outcome: operations(context, message.request as unknown as ApiRequest)! });
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

const operations = createOperations<Context>({
  // `Invoke` is how a rule sends an event.
  shapes: { ...SCHEMAS_SHAPES, Invoke: { type: 'structure', members: {} } },
  errors: SCHEMAS_ERRORS,
  refuse: ({ message }) => new ServiceFault('BadRequestException', { reason: message }),
  actions: {
    CreateDiscoverer: createDiscoverer,
    DeleteDiscoverer: (context, input) => {
      const discoverer = discovererOf(context, input);
      context.state.records.delete(`discoverer:${discoverer.id}`);
      watchBus(context, discoverer, false);
      return {};
    },
    DescribeDiscoverer: (context, input) => discovererAnswer(context, discovererOf(context, input)),
    DescribeSchema: describeSchema,
    ExportSchema: exportSchema,
    GetCodeBindingSource: (context, input) => ({ Body: base64FromBytes(utf8FromText(typeScriptOf(kindOf(context, input).kind))) }),
    GetDiscoveredSchema: getDiscoveredSchema,
    Invoke: (context, { Payload: event }) => (isJsonObject(event) ? look(context, event) : {}),
    ListDiscoverers: listDiscoverers,
    ListSchemas: listSchemas,
    ListSchemaVersions: listSchemaVersions,
    StartDiscoverer: (context, input) => setState(context, input, 'STARTED'),
    StopDiscoverer: (context, input) => setState(context, input, 'STOPPED'),
  },
});

function createDiscoverer(context: Context, input: JsonObject): Json {
  const { SourceArn: busArn, Description, CrossAccount, Tags } = input as { SourceArn: string; Description?: string; CrossAccount?: boolean; Tags?: Record<string, string> };
  const bus = busArn.split(':event-bus/')[1];
  if (bus === undefined) throw new ServiceFault('BadRequestException', { reason: `SourceArn ${busArn} is no event bus.` });
  const id = `events-event-bus-${bus.replaceAll('/', '-')}`;
  if (context.state.records.has(`discoverer:${id}`)) throw new ServiceFault('ConflictException', { reason: `Discoverer with id ${id} already exists.` });
  const discoverer: DiscovererRecord = { id, busArn, state: 'STARTED', told: { ...(Description !== undefined && { Description }), ...(CrossAccount !== undefined && { CrossAccount }), ...(Tags && { Tags: { ...Tags } }) } };
  context.state.records.set(`discoverer:${id}`, discoverer as unknown as Json);
  watchBus(context, discoverer, true);
  return discovererAnswer(context, discoverer);
}

function discovererOf({ state }: Context, input: JsonObject): DiscovererRecord {
  const id = input['DiscovererId'] as string;
  const discoverer = state.records.get(`discoverer:${id}`) as unknown as DiscovererRecord | undefined;
  if (!discoverer) throw new ServiceFault('NotFoundException', { reason: `Discoverer with id ${id} does not exist.` });
  return discoverer;
}

function setState(context: Context, input: JsonObject, state: DiscovererRecord['state']): Json {
  const discoverer: DiscovererRecord = { ...discovererOf(context, input), state };
  context.state.records.set(`discoverer:${discoverer.id}`, discoverer as unknown as Json);
  watchBus(context, discoverer, state === 'STARTED');
  return { DiscovererId: discoverer.id, State: state };
}

/** The rule by which a bus sends its events. */
function watchBus({ effects, place, now }: Context, { id, busArn }: DiscovererRecord, wanted: boolean): void {
  const name = `Schemas-${id}`.slice(0, 64);
  const rule: RuleRecord = { name, arn: ruleArn(place, busArn.split(':event-bus/')[1]!, name), state: 'ENABLED', pattern: JSON.stringify({ account: [place.account] }), managedBy: 'schemas.amazonaws.com', since: now };
  const notice = wanted ? { type: 'keepManagedRule', rule: rule as unknown as Json, targets: [{ Id: id, Arn: discovererArn(place, id) }] } : { type: 'dropManagedRule', name };
  effects.push({ type: 'notice', to: busArn, notice });
}

function discovererArn({ region, account }: Place, id: string): string {
  return `arn:aws:schemas:${region}:${account}:discoverer/${id}`;
}

function discovererAnswer({ place }: Context, { id, busArn, state, told }: DiscovererRecord): JsonObject {
  return { DiscovererArn: discovererArn(place, id), DiscovererId: id, SourceArn: busArn, State: state, ...told };
}

function listDiscoverers(context: Context, input: JsonObject): Json {
  const { DiscovererIdPrefix: prefix = '', SourceArnPrefix: source = '' } = input as { DiscovererIdPrefix?: string; SourceArnPrefix?: string };
  const all = [...context.state.records.entries('discoverer:')].map(([, value]) => value as unknown as DiscovererRecord).filter(({ id, busArn }) => id.startsWith(prefix) && busArn.startsWith(source));
  const byId = new Map(all.map((discoverer) => [discoverer.id, discoverer]));
  const { page, ...rest } = pageOf('ListDiscoverers', { prefix, source }, [...byId.keys()].sort(), input);
  return { Discoverers: page.map((id) => discovererAnswer(context, byId.get(id)!)), ...rest };
}

/** Takes an event in: what it has new makes a new version of its schema. */
function look({ state, now }: Context, event: JsonObject): Json {
  const { source, 'detail-type': detailType, detail = {} } = event;
  if (typeof source !== 'string' || typeof detailType !== 'string') return {};
  const name = schemaName({ source, detailType });
  const known = state.records.get(`schema:${name}`) as unknown as SchemaRecord | undefined;
  const seen = shapeOf(detail);
  const before = known && versionOf(state, name, known.versions);
  const shape = before ? mergedShape(before.shape, seen) : seen;
  if (before && isJsonEqual(before.shape as unknown as Json, shape as unknown as Json)) return {};
  const versions = (known?.versions ?? 0) + 1;
  state.records.set(`schema:${name}`, { source, detailType, versions });
  state.records.set(`version:${name}:${versions}`, { shape, time: now } as unknown as Json);
  state.records.delete(`version:${name}:${versions - KEPT_VERSIONS}`);
  return {};
}

function versionOf({ records }: DiscoveryState, name: string, number: number): VersionRecord | undefined {
  return records.get(`version:${name}:${number}`) as unknown as VersionRecord | undefined;
}

/** A schema as a request names it; without a version the latest. @throws ServiceFault */
function kindOf({ state }: Context, input: JsonObject): { readonly name: string; readonly kind: EventKind; readonly version: number; readonly schema: SchemaRecord; readonly time: EpochMs } {
  const { RegistryName: registry, SchemaName: name, SchemaVersion: wanted } = input as { RegistryName: string; SchemaName: string; SchemaVersion?: string };
  const schema = registry === REGISTRY ? (state.records.get(`schema:${name}`) as unknown as SchemaRecord | undefined) : undefined;
  const version = wanted === undefined ? (schema?.versions ?? 0) : Number(wanted);
  const found = schema && versionOf(state, name, version);
  if (!found) throw new ServiceFault('NotFoundException', { reason: `Schema with name ${name}${wanted === undefined ? '' : ` and version ${wanted}`} does not exist in registry ${registry}.` });
  const { source, detailType } = schema;
  return { name, schema, version, kind: { source, detailType, detail: found.shape }, time: found.time };
}

function describeSchema(context: Context, input: JsonObject): Json {
  const { name, kind, version, schema, time } = kindOf(context, input);
  const last = versionOf(context.state, name, schema.versions)!.time;
  return { ...exported(context.place, name, version, openApi3(kind), 'OpenApi3'), LastModified: last, VersionCreatedDate: time };
}

function exportSchema(context: Context, input: JsonObject): Json {
  const { name, kind, version } = kindOf(context, input);
  const type = input['Type'] as string;
  return exported(context.place, name, version, type === 'OpenApi3' ? openApi3(kind) : jsonSchemaDraft4(kind), type);
}

function exported(place: Place, name: string, version: number, content: JsonObject, type: string): JsonObject {
  return { Content: JSON.stringify(content), SchemaArn: schemaArn(place, name), SchemaName: name, SchemaVersion: String(version), Type: type };
}

function schemaArn({ region, account }: Place, name: string): string {
  return `arn:aws:schemas:${region}:${account}:schema/${REGISTRY}/${name}`;
}

function getDiscoveredSchema(_context: Context, input: JsonObject): Json {
  const events = (input['Events'] as readonly string[]).map(parsedEvent);
  const [{ source, detailType }] = events as [EventKind];
  if (events.some((event) => event.source !== source || event.detailType !== detailType)) throw new ServiceFault('BadRequestException', { reason: 'All events must have the same source and detail-type.' });
  const kind: EventKind = { source, detailType, detail: events.map(({ detail }) => detail).reduce(mergedShape) };
  return { Content: JSON.stringify(input['Type'] === 'OpenApi3' ? openApi3(kind) : jsonSchemaDraft4(kind)) };
}

function parsedEvent(text: string): EventKind {
  try {
    const event = JSON.parse(text) as Json;
    const { source, 'detail-type': detailType, detail = {} } = isJsonObject(event) ? event : {};
    if (typeof source === 'string' && typeof detailType === 'string') return { source, detailType, detail: shapeOf(detail) };
  } catch {
    // Refused below.
  }
  throw new ServiceFault('BadRequestException', { reason: 'An event must be a JSON object with source and detail-type.' });
}

function listSchemas(context: Context, input: JsonObject): Json {
  const { state, place } = context;
  const { RegistryName: registry, SchemaNamePrefix: prefix = '' } = input as { RegistryName: string; SchemaNamePrefix?: string };
  if (registry !== REGISTRY) throw new ServiceFault('NotFoundException', { reason: `Registry with name ${registry} does not exist.` });
  const names = [...state.records.entries(`schema:${prefix}`)].map(([key]) => key.slice('schema:'.length)).sort();
  const { page, ...rest } = pageOf('ListSchemas', { prefix }, names, input);
  const schemas = page.map((name): Json => {
    const { versions } = state.records.get(`schema:${name}`) as unknown as SchemaRecord;
    return { SchemaArn: schemaArn(place, name), SchemaName: name, VersionCount: versions, LastModified: versionOf(state, name, versions)!.time };
  });
  return { Schemas: schemas, ...rest };
}

function listSchemaVersions(context: Context, input: JsonObject): Json {
  const { name, schema } = kindOf(context, { RegistryName: input['RegistryName']!, SchemaName: input['SchemaName']! });
  const kept = Array.from({ length: Math.min(schema.versions, KEPT_VERSIONS) }, (_, index) => String(schema.versions - index));
  const { page, ...rest } = pageOf('ListSchemaVersions', { name }, kept, input);
  return { SchemaVersions: page.map((version) => ({ SchemaArn: schemaArn(context.place, name), SchemaName: name, SchemaVersion: version, Type: 'OpenApi3' })), ...rest };
}
