import { HTTP_ADDRESS, type HttpRequest, type JsonObject } from '@interstate/kernel';
import { createTinyHost, type TinyHost } from '@interstate/kernel/testing';
import { nodeCrypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { eventBridge } from '../adapter.ts';
import { API_DESTINATION_KIND } from './api-destination.ts';
import { withHeaders, withMembers, withQuery, withoutSecrets, type AuthorizationType, type AuthParameters } from './connection-parameters.ts';
import { CONNECTION_KIND } from './connection.ts';

const PLACE = { region: 'us-east-1', account: '123456789012' };
const CONNECTION = 'arn:aws:events:us-east-1:123456789012:connection/c/1';
const DESTINATION = 'arn:aws:events:us-east-1:123456789012:api-destination/d/1';

interface Sent extends HttpRequest {
  readonly at: number;
}

function destination(
  { type, parameters, method = 'POST', rate = 300 }: { readonly type: AuthorizationType; readonly parameters: AuthParameters; readonly method?: string; readonly rate?: number },
  answer: (request: HttpRequest, number: number) => { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> } | { readonly error: string },
): { readonly host: TinyHost; readonly sent: readonly Sent[]; readonly invoke: (input?: JsonObject) => string } {
  const sent: Sent[] = [];
  const host = createTinyHost({
    machines: () => eventBridge(PLACE).machines,
    crypto: nodeCrypto,
    cut: true,
    answer: (request, to) => {
      if (to !== HTTP_ADDRESS) return { outcome: { ok: true, value: null } };
      sent.push({ ...(request as unknown as HttpRequest), at: host.now() });
      const told = answer(request as unknown as HttpRequest, sent.length);
      return { outcome: 'error' in told ? { ok: false, error: { Error: told.error } } : { ok: true, value: { status: told.status, headers: told.headers ?? {}, body: told.body ?? '' } }, afterMs: 10 };
    },
  });
  host.spawn(CONNECTION_KIND, CONNECTION, { type: 'authorize', connection: { name: 'c', type, parameters: parameters as unknown as JsonObject } });
  host.spawn(API_DESTINATION_KIND, DESTINATION, { type: 'keep', destination: { name: 'd', arn: DESTINATION, connectionArn: CONNECTION, endpoint: 'https://shop.example/*/items/*?x=1', method, ratePerSecond: rate, creationTime: 0, modifiedTime: 0 } });
  return { host, sent, invoke: (input = {}) => host.call(DESTINATION, { action: 'InvokeApiDestination', input: { Body: '{"n":1}', HttpParameters: { PathParameterValues: ['a b', '7'] }, ...input } }) };
}

const OAUTH: AuthParameters = { OAuthParameters: { ClientParameters: { ClientID: 'id', ClientSecret: 'secret' }, AuthorizationEndpoint: 'https://id.example/token', HttpMethod: 'POST', OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'all' }] } } };
const isToken = ({ url }: HttpRequest): boolean => url.startsWith('https://id.example');

describe('an API destination', () => {
  it('sends what the target, the connection and EventBridge itself say, the connection last', () => {
    const parameters: AuthParameters = {
      ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret' },
      InvocationHttpParameters: { HeaderParameters: [{ Key: 'x-mine', Value: 'connection' }], QueryStringParameters: [{ Key: 'q', Value: 'ü' }], BodyParameters: [{ Key: 'added', Value: 'yes' }] },
    };
    const { host, sent, invoke } = destination({ type: 'API_KEY', parameters }, () => ({ status: 200, body: 'fine', headers: { 'retry-after': '3' } }));
    const id = invoke({ HttpParameters: { PathParameterValues: ['a b', '7'], HeaderParameters: { 'X-Mine': 'target', 'X-Other': 'o', 'User-Agent': 'me' }, QueryStringParameters: { q: 'target', y: '2' } } });
    host.run();
    expect(sent).toMatchObject([
      {
        method: 'POST', url: 'https://shop.example/a%20b/items/7?x=1&y=2&q=%C3%BC', body: '{"n":1,"added":"yes"}', timeoutMs: 5000,
        headers: { 'x-mine': 'connection', 'X-Other': 'o', 'X-Key': 'secret', 'User-Agent': 'Amazon/EventBridge/ApiDestinations', 'Content-Type': 'application/json; charset=utf-8', Range: 'bytes=0-1048575', Connection: 'close' },
      },
    ]);
    expect(host.replies.get(id)).toEqual({ ok: true, value: { StatusCode: 200, Headers: { 'retry-after': '3' }, Body: 'fine', RetryAfterMs: 3000 } });
  });

  it('has no body where its method has none; basic authorization is in its header', () => {
    const { host, sent, invoke } = destination({ type: 'BASIC', parameters: { BasicAuthParameters: { Username: 'Ada', Password: 'pä' } }, method: 'GET' }, () => ({ status: 204 }));
    invoke();
    host.run();
    expect(sent[0]!.body).toBeUndefined();
    expect(sent[0]!.headers['Authorization']).toBe(`Basic ${Buffer.from('Ada:pä').toString('base64')}`);
  });

  it('delays what is too much for its rate, in order, and loses nothing', () => {
    const { host, sent, invoke } = destination({ type: 'BASIC', parameters: { BasicAuthParameters: {} }, rate: 10 }, () => ({ status: 200 }));
    const begun = host.now();
    const ids = Array.from({ length: 35 }, (_, n) => invoke({ Body: `{"n":${n}}` }));
    host.run();
    expect(sent.map(({ body }) => body)).toEqual(ids.map((_, n) => `{"n":${n}}`));
    expect(ids.every((id) => host.replies.get(id)?.ok)).toBe(true);
    // Ten at once, then one each tenth of a second.
    expect(sent.filter(({ at }) => at === begun)).toHaveLength(10);
    for (let second = 0; second < 3; second++) expect(sent.filter(({ at }) => at - begun > second * 1000 && at - begun <= (second + 1) * 1000).length).toBeLessThanOrEqual(10);
    expect(sent.at(-1)!.at - begun).toBe(2500);
  });

  it('gets one OAuth token for all, keeps it, and fetches another when it is refused or has expired', () => {
    let tokens = 0;
    let refuse = 0;
    const { host, sent, invoke } = destination({ type: 'OAUTH_CLIENT_CREDENTIALS', parameters: OAUTH }, (request) => {
      if (isToken(request)) return { status: 200, body: JSON.stringify({ access_token: `t${++tokens}`, expires_in: 100 }) };
      return { status: refuse-- > 0 ? 401 : 200 };
    });
    const all = [invoke(), invoke(), invoke()];
    host.run();
    expect(sent.filter(isToken)).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials&client_id=id&client_secret=secret&scope=all', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    expect(sent.slice(1).map(({ headers }) => headers['Authorization'])).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
    refuse = 1;
    all.push(invoke());
    host.run();
    expect(sent.slice(4).map((request) => (isToken(request) ? 'token' : request.headers['Authorization']))).toEqual(['Bearer t1', 'token', 'Bearer t2']);
    expect(all.map((id) => host.replies.get(id))).toEqual(all.map(() => ({ ok: true, value: { StatusCode: 200, Headers: {}, Body: '' } })));
    // Refused with the new one too: that is the answer.
    refuse = 2;
    const last = invoke();
    host.run();
    expect(host.replies.get(last)).toMatchObject({ ok: true, value: { StatusCode: 401 } });
  });

  it.each([
    ['answers 500', { status: 500 }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['answers no token', { status: 200, body: '{"access_token":7}' }],
    ['cannot be reached', { error: 'ConnectionError' }],
  ])('fails, to be tried again, where the authorization endpoint %s', (_how, answer) => {
    const { host, invoke } = destination({ type: 'OAUTH_CLIENT_CREDENTIALS', parameters: OAUTH }, () => answer);
    const id = invoke();
    host.run();
    expect(host.replies.get(id)).toMatchObject({ ok: false, error: { Error: 'ConnectionError' } });
  });

  it('is refused once its connection is deauthorized, or it is gone', () => {
    const { host, invoke } = destination({ type: 'OAUTH_CLIENT_CREDENTIALS', parameters: OAUTH }, () => ({ status: 200, body: '{"access_token":"t"}' }));
    host.run();
    host.notify(CONNECTION, { type: 'deauthorize' });
    const refused = invoke();
    host.run();
    expect(host.replies.get(refused)).toMatchObject({ ok: false, error: { Error: 'NotAuthorized' } });
    host.notify(DESTINATION, { type: 'delete' });
    const gone = invoke();
    host.run();
    expect(host.replies.get(gone)).toMatchObject({ ok: false, error: { Error: 'ResourceNotFoundException' } });
    for (const to of [CONNECTION, DESTINATION]) {
      const odd = host.call(to, { action: '__proto__', input: {} });
      host.run();
      expect(host.replies.get(odd)).toMatchObject({ ok: false, error: { Error: 'UnknownOperationException' } });
    }
  });
});

describe('parameters of connections', () => {
  it('take the place of others, and change no prototype', () => {
    expect(withHeaders({ A: '1', b: '2' }, [['a', '3']])).toEqual({ a: '3', b: '2' });
    expect(withQuery('https://h/p?a=1&b=2#f', [['a', 'x y']])).toBe('https://h/p?b=2&a=x%20y');
    expect(withMembers('[1]', [['a', 'b']])).toBe('[1]');
    expect(withMembers('text', [['a', 'b']])).toBe('text');
    const merged = JSON.parse(withMembers('{"a":1}', [['__proto__', 'x']])) as object;
    expect(Object.keys(merged)).toEqual(['a', '__proto__']);
  });

  it('are shown without secrets', () => {
    const shown = JSON.stringify(
      withoutSecrets({
        BasicAuthParameters: { Username: 'u', Password: 'secret' },
        ApiKeyAuthParameters: { ApiKeyName: 'n', ApiKeyValue: 'secret' },
        OAuthParameters: { ...OAUTH.OAuthParameters, OAuthHttpParameters: { HeaderParameters: [{ Key: 'k', Value: 'secret' }] } },
        InvocationHttpParameters: { BodyParameters: [{ Key: 'k', Value: 'secret', IsValueSecret: true }, { Key: 'l', Value: 'open', IsValueSecret: false }] },
      }),
    );
    expect(shown).not.toContain('"secret"');
    expect(shown).toContain('"open"');
  });
});
