import { HTTP_ADDRESS, type HttpRequest, type Json, type JsonObject, type Machine, type Outcome } from '@interstate/kernel';
import { checkMachineContract, createTinyHost, type Answer, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { createKms } from '@interstate/service-kit';
import { describe, expect, it } from 'vitest';
import { eventBridge } from './adapter.ts';
import { API_DESTINATION_KIND } from './api-destinations/api-destination.ts';
import { CONNECTION_KIND } from './api-destinations/connection.ts';
import { ARCHIVE_KIND } from './archive/archive.ts';
import { BUS_KIND } from './bus/bus-kind.ts';
import { DIRECTORY_KIND } from './directory/directory.ts';
import { addressOf } from './names.ts';
import { DISCOVERY_KIND } from './schemas/discovery.ts';
import { SCHEMAS_SHAPES } from './schemas/model.ts';

const PLACE = { region: 'us-east-1', account: '123456789012' };
const PREFIX = 'arn:aws:events:us-east-1:123456789012';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:dead';
const LISTENER = 'listener';
const SCHEMAS = 'arn:aws:schemas:us-east-1:123456789012:directory';
const DISCOVERER = 'arn:aws:schemas:us-east-1:123456789012:discoverer/events-event-bus-b';

const kms = createKms({ ...PLACE, seed: () => [1, 2, 3, 4] });
const adapter = (): { readonly machines: readonly Machine[] } => eventBridge({ ...PLACE, kms, sources: [{ address: LISTENER, source: 'aws.states', detailType: 'changed' }] });

function service(answer: (request: JsonObject, to: string) => Answer): { readonly host: TinyHost; readonly call: (action: string, input: JsonObject) => Outcome } {
  const host = createTinyHost({ machines: () => adapter().machines, crypto: nodeCrypto, answer: (request, to) => answer(request as JsonObject, to), forwards: { [DISCOVERER]: SCHEMAS } });
  host.spawn(DISCOVERY_KIND, SCHEMAS, { type: 'open', seed: [1, 2, 3, 4] });
  host.spawn(DIRECTORY_KIND, `${PREFIX}:directory`, { type: 'open', seed: [1, 2, 3, 4] });
  const route = addressOf(PLACE);
  const call = (action: string, input: JsonObject): Outcome => {
    const id = host.call(action in SCHEMAS_SHAPES ? SCHEMAS : route(action, input), { action, input });
    host.run();
    return host.replies.get(id)!;
  };
  host.run();
  return { host, call };
}

describe('the machines of EventBridge', () => {
  it('keep the machine contract over a scenario of all of them', () => {
    let tokens = 0;
    let orders = 0;
    const { host, call } = service((request, to) => {
      if (to === HTTP_ADDRESS) {
        const { url } = request as unknown as HttpRequest;
        if (url.includes('token')) return { outcome: { ok: true, value: { status: 200, headers: {}, body: JSON.stringify({ access_token: `t${++tokens}`, expires_in: 60 }) } }, afterMs: 20 };
        const status = ++orders % 3 === 0 ? 401 : orders % 4 === 0 ? 503 : 200;
        return { outcome: { ok: true, value: { status, headers: { 'retry-after': '2' }, body: '' } }, afterMs: 5 };
      }
      if (to === QUEUE) return { outcome: { ok: true, value: {} } };
      return { outcome: to.endsWith('busy') && orders++ % 2 === 0 ? { ok: false, error: { Error: 'ThrottlingException' } } : { ok: true, value: {} } };
    });
    const ok = (action: string, input: JsonObject): JsonObject => {
      const outcome = call(action, input);
      expect(outcome, action).toMatchObject({ ok: true });
      return (outcome as { value: JsonObject }).value;
    };
    ok('CreateEventBus', { Name: 'b', KmsKeyIdentifier: 'alias/events', Tags: [{ Key: 'k', Value: 'v' }] });
    const arnOf = (value: JsonObject, name: string): string => value[name] as string;
    const oauth = { ClientParameters: { ClientID: 'i', ClientSecret: 's' }, AuthorizationEndpoint: 'https://id.example/token', HttpMethod: 'POST' };
    const connection = arnOf(ok('CreateConnection', { Name: 'c', AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS', AuthParameters: { OAuthParameters: oauth } }), 'ConnectionArn');
    const destination = arnOf(ok('CreateApiDestination', { Name: 'd', ConnectionArn: connection, InvocationEndpoint: 'https://shop.example/*', HttpMethod: 'POST', InvocationRateLimitPerSecond: 2 }), 'ApiDestinationArn');
    ok('PutRule', { Name: 'all', EventPattern: '{"source":["shop"]}' });
    ok('PutTargets', {
      Rule: 'all',
      Targets: [
        { Id: 'd', Arn: destination, HttpParameters: { PathParameterValues: ['$.detail.n'] } },
        { Id: 'q', Arn: `${PREFIX.replace('events', 'sqs')}:busy`, DeadLetterConfig: { Arn: QUEUE }, RetryPolicy: { MaximumRetryAttempts: 1 } },
        { Id: 'b', Arn: `${PREFIX}:event-bus/b` },
        { Id: 'm', Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
      ],
    });
    ok('PutRule', { Name: 'b', EventBusName: 'b', EventPattern: '{"source":["shop"]}' });
    ok('PutTargets', { Rule: 'b', EventBusName: 'b', Targets: [{ Id: 'back', Arn: `${PREFIX}:event-bus/default` }] });
    ok('PutRule', { Name: 'minute', ScheduleExpression: 'rate(1 minute)' });
    ok('PutTargets', { Rule: 'minute', Targets: [{ Id: 'q', Arn: QUEUE }] });
    ok('CreateDiscoverer', { SourceArn: `${PREFIX}:event-bus/b` });
    ok('CreateArchive', { ArchiveName: 'a', EventSourceArn: `${PREFIX}:event-bus/default`, RetentionDays: 1, KmsKeyIdentifier: 'alias/events' });
    for (let n = 0; n < 5; n++) ok('PutEvents', { Entries: [{ Source: 'shop', DetailType: 't', Detail: JSON.stringify({ n }) }] });
    ok('PutEvents', { Entries: [{ Source: 'shop', DetailType: 't', Detail: '{}', EventBusName: 'b' }, { Source: 'shop', DetailType: 't', Detail: '{}' }] });
    ok('StartReplay', { ReplayName: 'p', EventSourceArn: `${PREFIX}:archive/a`, EventStartTime: 0, EventEndTime: host.now() + 1, Destination: { Arn: `${PREFIX}:event-bus/default`, FilterArns: [`${PREFIX}:rule/all`] } });
    ok('ListArchives', {});
    expect(ok('ListSchemas', { RegistryName: 'discovered-schemas' })).toMatchObject({ Schemas: [{ SchemaName: 'shop@T' }] });
    ok('StopDiscoverer', { DiscovererId: 'events-event-bus-b' });
    expect(ok('DescribeReplay', { ReplayName: 'p' })).toMatchObject({ State: 'COMPLETED' });
    ok('PutRule', { Name: 'all', EventPattern: '{"source":["aws.states"]}' });
    ok('UpdateConnection', { Name: 'c', AuthParameters: { OAuthParameters: oauth } });
    ok('DeauthorizeConnection', { Name: 'c' });
    ok('DeleteArchive', { ArchiveName: 'a' });
    ok('RemoveTargets', { Rule: 'all', Ids: ['d', 'q', 'b', 'm'] });
    ok('DeleteRule', { Name: 'all' });
    const kinds = new Set<string>();
    for (const [address, kind] of host.machines) {
      kinds.add(kind);
      const script = host.scriptOf(address);
      expect(script.length).toBeGreaterThan(3);
      checkMachineContract({ machine: () => adapter().machines.find((candidate) => candidate.kind === kind)!, script, crypto: nodeCrypto });
    }
    expect(kinds).toEqual(new Set([DISCOVERY_KIND, DIRECTORY_KIND, BUS_KIND, ARCHIVE_KIND, API_DESTINATION_KIND, CONNECTION_KIND]));
    // Somebody listened to status changes for a while; before there was an archive, and after the rule was gone, nobody.
    const told = host.effects.flatMap(([, effect]) => (effect.type === 'notice' && effect.to === LISTENER ? [(effect.notice as { wanted: Json }).wanted] : []));
    expect(told).toEqual([true, false]);
  });

  it('put away no secret of a connection, and no event of an encrypted bus or archive, as plain text', () => {
    const SECRET = 'hunter2-hunter2';
    const { host, call } = service((request, to) => {
      const { url = '' } = request as unknown as HttpRequest;
      if (to === HTTP_ADDRESS) return { outcome: { ok: true, value: { status: 200, headers: {}, body: url.includes('token') ? JSON.stringify({ access_token: SECRET, expires_in: 60 }) : '' } }, afterMs: 20 };
      return { outcome: { ok: false, error: { Error: 'ThrottlingException' } }, afterMs: 20 };
    });
    const ok = (action: string, input: JsonObject): JsonObject => {
      const outcome = call(action, input);
      expect(outcome, action).toMatchObject({ ok: true });
      return (outcome as { value: JsonObject }).value;
    };
    const key = { KmsKeyIdentifier: 'alias/mine' };
    ok('CreateEventBus', { Name: 'b', ...key });
    ok('CreateArchive', { ArchiveName: 'a', EventSourceArn: `${PREFIX}:event-bus/b`, ...key });
    const http = { HeaderParameters: [{ Key: 'x', Value: SECRET, IsValueSecret: true }] };
    for (const [Name, AuthorizationType, group] of [
      ['basic', 'BASIC', { BasicAuthParameters: { Username: 'u', Password: SECRET } }],
      ['key', 'API_KEY', { ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: SECRET } }],
      ['oauth', 'OAUTH_CLIENT_CREDENTIALS', { OAuthParameters: { ClientParameters: { ClientID: 'i', ClientSecret: SECRET }, AuthorizationEndpoint: 'https://id.example/token', HttpMethod: 'POST' } }],
    ] as const) {
      const ConnectionArn = ok('CreateConnection', { Name, AuthorizationType, AuthParameters: { ...group, InvocationHttpParameters: http }, ...(Name === 'basic' && key) })['ConnectionArn']!;
      const Arn = ok('CreateApiDestination', { Name, ConnectionArn, InvocationEndpoint: 'https://shop.example/', HttpMethod: 'POST' })['ApiDestinationArn']!;
      ok('PutRule', { Name, EventPattern: '{"source":["open"]}' });
      ok('PutTargets', { Rule: Name, Targets: [{ Id: 'd', Arn, InputPath: '$.source' }] });
    }
    ok('PutRule', { Name: 'b', EventBusName: 'b', EventPattern: '{"source":["shop"]}' });
    ok('PutTargets', { Rule: 'b', EventBusName: 'b', Targets: [{ Id: 'q', Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 2 } }] });
    ok('PutEvents', { Entries: [{ Source: 'shop', DetailType: 't', Detail: JSON.stringify({ card: SECRET }), EventBusName: 'b' }, { Source: 'open', DetailType: 't', Detail: '{}' }] });
    let sealed = 0;
    for (const [address, kind] of host.machines) {
      const machine = adapter().machines.find((candidate) => candidate.kind === kind)!;
      const state = machine.load(new Map());
      for (const { message, now } of host.scriptOf(address)) {
        machine.step(state, message, { now, crypto: nodeCrypto });
        const text = JSON.stringify([...machine.records(state)]) + JSON.stringify(machine.changes(state));
        expect(text, `${kind} ${address}`).not.toContain(SECRET);
        if (text.includes('$sealed')) sealed++;
      }
    }
    expect(sealed).toBeGreaterThan(10);
    const sent = host.effects.filter(([, effect]) => effect.type === 'call' && effect.to === HTTP_ADDRESS && JSON.stringify(effect.request).includes(SECRET));
    expect(sent.length).toBeGreaterThanOrEqual(4);
  });
});
