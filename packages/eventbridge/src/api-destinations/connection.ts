import { HTTP_ADDRESS, type ApiRequest, type Effect, type EpochMs, type HttpRequest, type HttpResponse, type Json, type JsonObject, type Machine, type Message, type Outcome, type ReplyTo } from '@interstate/kernel';
import { SealedRecordMap, type Kms } from '@interstate/service-kit';
import { directoryAddress, type Place } from '../names.ts';
import { credentialOf, mergedParameters, pairsOf, withHeaders, withMembers, withQuery, type AuthorizationType, type AuthParameters } from './connection-parameters.ts';
import { readToken, tokenRequest, type Token } from './token-request.ts';

export const CONNECTION_KIND = 'eventbridge:connection';

/*
 * Records of a connection, by key:
 *   root                how many exchanges there were      connection         the credentials; gone where deauthorized or deleted
 *   token               the OAuth token in hand            exchange:<number>  an exchange under way, or waiting for a token
 *   place               ARN and KMS key
 * Credentials, token and exchanges are sealed where they leave memory.
 */

export interface ConnectionSecrets {
  readonly name: string;
  readonly type: AuthorizationType;
  readonly parameters: AuthParameters;
}

/** An exchange under way. */
interface ExchangeRecord {
  readonly replyTo: ReplyTo;
  readonly request: HttpRequest;
  /** Waits for a token. */
  readonly waits?: true;
  /** Sent again with a new token after a 401 or 407. */
  readonly again?: true;
}

export interface ConnectionState {
  readonly records: SealedRecordMap;
  exchanges: number;
}

interface ConnectionContext {
  readonly place: Place;
  readonly timeoutMs: number;
  readonly state: ConnectionState;
  readonly now: EpochMs;
  readonly effects: Effect[];
}

const TOKEN_CALL = 'token';
const SECRETS = { connection: [], token: [], 'exchange:': [] };
/** Of Secrets Manager, where a connection has no key of its own. */
const OWN_KEY = 'alias/aws/secretsmanager';

interface ConnectionPlace {
  readonly arn: string;
  readonly kmsKey: string | null;
}


/**
 * A connection: holds credentials, adds them to the requests of API destinations and sends those. No credential leaves it but over
 * HTTP. Spawned by the directory with the notice `{ type: 'authorize', arn, kmsKey, connection }`.
 */
export function connectionMachine(place: Place, timeoutMs: number, kms?: Kms): Machine<ConnectionState> {
  return {
    kind: CONNECTION_KIND,
    load: (saved) => ({ records: new SealedRecordMap(saved, SECRETS), exchanges: (saved.get('root') as number | undefined) ?? 0 }),
    changes: ({ records }) => records.changes(),
    records: ({ records }) => records.all(),
    step(state: ConnectionState, message: Message, { now, crypto }) {
      const { arn, kmsKey } = placeOf(state, message);
      state.records.beginSealed(crypto, kms, arn, kmsKey ?? OWN_KEY);
      const context: ConnectionContext = { place, timeoutMs, state, now, effects: [] };
      receive(context, message);
      state.records.set('root', state.exchanges);
      return { effects: context.effects, journal: NOTHING };
    },
  };
}

const NOTHING: readonly never[] = [];

/** The first notice tells it. */
function placeOf({ records }: ConnectionState, message: Message): ConnectionPlace {
  const { arn = '', kmsKey = null } = (message.type === 'notice' ? message.notice : {}) as Partial<ConnectionPlace>;
  return arn === '' ? ((records.get('place') as unknown as ConnectionPlace | undefined) ?? { arn, kmsKey }) : { arn, kmsKey };
}

function receive(context: ConnectionContext, message: Message): void {
  const { records } = context.state;
  switch (message.type) {
    case 'call':
      return exchange(context, message.request as unknown as ApiRequest, message.replyTo);
    case 'reply':
      if (message.callId === TOKEN_CALL) return tokenCame(context, message.outcome);
      return answered(context, message.callId, message.outcome);
    case 'cancelled':
      for (const [key, value] of records.entries('exchange:')) {
        const { replyTo, waits } = value as unknown as ExchangeRecord;
        if (replyTo.callId !== message.replyTo.callId || replyTo.address !== message.replyTo.address) continue;
        records.delete(key);
        if (!waits) context.effects.push({ type: 'cancel', callId: key });
        return;
      }
      return;
    case 'notice':
      return noticed(context, message.notice as JsonObject);
    case 'timer':
    case 'progress':
    case 'continue':
      return;
    default:
      return message satisfies never;
  }
}

function secretsOf({ state }: ConnectionContext): ConnectionSecrets | undefined {
  return state.records.get('connection') as unknown as ConnectionSecrets | undefined;
}

function noticed(context: ConnectionContext, notice: JsonObject): void {
  const { records } = context.state;
  switch (notice['type']) {
    case 'authorize': {
      records.set('place', { arn: notice['arn']!, kmsKey: notice['kmsKey']! });
      const given = notice['connection'] as unknown as ConnectionSecrets;
      const known = secretsOf(context);
      records.set('connection', { ...given, parameters: mergedParameters(known?.parameters ?? {}, given.parameters) } as unknown as Json);
      records.delete('token');
      // Credentials of an OAuth client are tried at once.
      if (given.type === 'OAUTH_CLIENT_CREDENTIALS') fetchToken(context);
      return;
    }
    case 'deauthorize':
      for (const key of ['connection', 'token', 'fetching']) records.delete(key);
      context.effects.push({ type: 'cancel', callId: TOKEN_CALL });
      return refuseWaiting(context, NOT_AUTHORIZED);
  }
}

const NOT_AUTHORIZED: Outcome = { ok: false, error: { Error: 'NotAuthorized', Cause: 'The connection is not authorized.' } };

/** Sends a request with what the connection adds: `{ action: 'Exchange', input: HttpRequest }`. */
function exchange(context: ConnectionContext, { action, input }: ApiRequest, replyTo: ReplyTo): void {
  const { state, effects } = context;
  const refuse = (outcome: Outcome): void => void effects.push({ type: 'reply', to: replyTo, outcome });
  if (action !== 'Exchange') return refuse({ ok: false, error: { Error: 'UnknownOperationException', Cause: `A connection has no operation '${String(action).slice(0, 100)}'.` } });
  const secrets = secretsOf(context);
  if (!secrets) return refuse(NOT_AUTHORIZED);
  const key = `exchange:${++state.exchanges}`;
  const record: ExchangeRecord = { replyTo, request: withAdditions(secrets, input as unknown as HttpRequest) };
  if (secrets.type !== 'OAUTH_CLIENT_CREDENTIALS') return send(context, key, record, credentialOf(secrets.type, secrets.parameters)!);
  const token = state.records.get('token') as unknown as Token | undefined;
  if (token && token.validUntil > context.now) return send(context, key, record, ['Authorization', token.header]);
  state.records.set(key, { ...record, waits: true } as unknown as Json);
  fetchToken(context);
}

function withAdditions({ parameters }: ConnectionSecrets, request: HttpRequest): HttpRequest {
  const { HeaderParameters, QueryStringParameters, BodyParameters } = parameters.InvocationHttpParameters ?? {};
  return {
    ...request,
    url: withQuery(request.url, pairsOf(QueryStringParameters)),
    headers: withHeaders(request.headers, pairsOf(HeaderParameters)),
    ...(request.body !== undefined && { body: withMembers(request.body, pairsOf(BodyParameters)) }),
  };
}

function send({ state, effects }: ConnectionContext, key: string, record: ExchangeRecord, credential: readonly [string, string]): void {
  const { waits: _waits, ...sent } = record;
  state.records.set(key, sent as unknown as Json);
  const { request } = record;
  effects.push({ type: 'call', to: HTTP_ADDRESS, callId: key, request: { ...request, headers: withHeaders(request.headers, [credential]) } as unknown as Json });
}

function answered(context: ConnectionContext, key: string, outcome: Outcome): void {
  const { records } = context.state;
  const record = records.get(key) as unknown as ExchangeRecord | undefined;
  if (!record) return;
  const status = outcome.ok ? (outcome.value as unknown as HttpResponse).status : 0;
  if ((status === 401 || status === 407) && !record.again && secretsOf(context)?.type === 'OAUTH_CLIENT_CREDENTIALS') {
    // The token is no good any more: once more with a new one.
    records.delete('token');
    records.set(key, { ...record, waits: true, again: true } as unknown as Json);
    return fetchToken(context);
  }
  records.delete(key);
  context.effects.push({ type: 'reply', to: record.replyTo, outcome });
}

/** All that wait for a token wait for the same one. */
function fetchToken(context: ConnectionContext): void {
  const { records } = context.state;
  const oauth = secretsOf(context)?.parameters.OAuthParameters;
  if (!oauth || records.has('fetching')) return;
  records.set('fetching', true);
  context.effects.push({ type: 'call', to: HTTP_ADDRESS, callId: TOKEN_CALL, request: tokenRequest(oauth, context.timeoutMs) as unknown as Json });
}

function tokenCame(context: ConnectionContext, outcome: Outcome): void {
  const { state, now } = context;
  state.records.delete('fetching');
  const token = outcome.ok ? readToken(outcome.value as unknown as HttpResponse, now) : `The authorization endpoint gave no answer: ${outcome.error.Cause ?? outcome.error.Error ?? ''}`;
  if (typeof token === 'string') {
    tellState(context, 'DEAUTHORIZED', token);
    return refuseWaiting(context, { ok: false, error: { Error: 'ConnectionError', Cause: token } });
  }
  state.records.set('token', token as unknown as Json);
  tellState(context, 'AUTHORIZED');
  for (const [key, record] of waiting(context)) send(context, key, record, ['Authorization', token.header]);
}

function refuseWaiting(context: ConnectionContext, outcome: Outcome): void {
  for (const [key, { replyTo }] of waiting(context)) {
    context.state.records.delete(key);
    context.effects.push({ type: 'reply', to: replyTo, outcome });
  }
}

/** The exchanges that wait for a token, in the order they came. */
function waiting({ state }: ConnectionContext): [key: string, record: ExchangeRecord][] {
  const all = [...state.records.entries('exchange:')].map(([key, value]): [string, ExchangeRecord] => [key, value as unknown as ExchangeRecord]);
  return all.filter(([, { waits }]) => waits).sort(([a], [b]) => numberOf(a) - numberOf(b));
}

function numberOf(key: string): number {
  return Number(key.slice('exchange:'.length));
}

function tellState(context: ConnectionContext, state: 'AUTHORIZED' | 'DEAUTHORIZED', reason?: string): void {
  const name = secretsOf(context)?.name;
  if (name === undefined) return;
  context.effects.push({ type: 'notice', to: directoryAddress(context.place), notice: { type: 'connectionChanged', name, state, ...(reason !== undefined && { reason }) } });
}
