import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json, Outcome, TaskRequest } from '@interstate/kernel';
import { http, type Connection, type HttpAdapter, type HttpOptions } from './index.ts';
import { callTask, startServer, type Seen, type TestServer } from '../test/server.ts';

let server: TestServer;
const adapters: HttpAdapter[] = [];
let tokens = 0;

beforeAll(async () => {
  server = await startServer((seen, response) => {
    const url = new URL(seen.url, 'http://x');
    switch (url.pathname) {
      case '/json':
        return response.setHeader('Content-Type', 'application/json').setHeader('X-Twice', ['a', 'b']).end('{"__proto__":{"x":1},"n":1}');
      case '/text':
        return response.setHeader('Content-Type', 'text/plain').end('{"n":1}');
      case '/broken':
        return response.setHeader('Content-Type', 'application/json').end('{"n":');
      case '/latin':
        return response.setHeader('Content-Type', 'text/plain; charset=iso-8859-1').end(Buffer.from([0xfc]));
      case '/binary':
        return response.setHeader('Content-Type', url.searchParams.get('type') ?? 'text/plain').end(Buffer.from([0xff, 0xfe, 0x00]));
      case '/status':
        return response.writeHead(Number(url.searchParams.get('code'))).end(url.searchParams.get('body') ?? '');
      case '/large':
        return response.end('x'.repeat(Number(url.searchParams.get('bytes'))));
      case '/endless':
        return void response.write('x');
      case '/hang-up':
        return response.destroy();
      case '/redirect':
        return response.writeHead(Number(url.searchParams.get('code') ?? 302), { location: url.searchParams.get('to') ?? '' }).end();
      case '/loop':
        return response.writeHead(302, { location: '/loop' }).end();
      case '/token':
        tokens++;
        return response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ access_token: `t${tokens}`, token_type: 'Bearer', expires_in: 3600 }));
      case '/no-token':
        return response.end('{}');
      default:
        return response.setHeader('Content-Type', 'text/plain').end('ok');
    }
  });
});

beforeEach(() => {
  server.seen.length = 0;
  tokens = 0;
});

afterAll(async () => {
  for (const adapter of adapters) await adapter.close();
  await server.close();
});

const ARN = 'arn:aws:events:eu-west-1:111111111111:connection/api/1';

function adapterWith(options: HttpOptions = {}): HttpAdapter {
  const adapter = http({ allowedHosts: [server.host], ...options });
  adapters.push(adapter);
  return adapter;
}

function call(path: string, parameters: Record<string, Json> = {}, options: HttpOptions = {}, signal?: AbortSignal): Promise<Outcome> {
  return callTask(adapterWith(options), 'http:invoke', { ApiEndpoint: `${server.origin}${path}`, Method: 'GET', ...parameters }, signal);
}

function lastSeen(): Seen {
  const seen = server.seen.at(-1);
  if (seen === undefined) throw new Error('The server has seen nothing.');
  return seen;
}

function withConnection(connection: Connection): HttpOptions {
  return { connections: { [ARN]: connection } };
}

const WITH_CONNECTION = { Authentication: { ConnectionArn: ARN } };

describe('a request', () => {
  it('carries method, query, headers, body and what is fixed', async () => {
    await call('/x?a=1', { Method: 'POST', QueryParameters: { b: '2 3', c: ['4', 5], d: true }, Headers: { 'X-One': 'uno', 'X-Two': ['a', 'b'], 'User-Agent': 'mine' }, RequestBody: { hello: 'ü' } });
    const { method, url, headers, body } = lastSeen();
    expect([method, url, body]).toEqual(['POST', '/x?a=1&b=2+3&c=4&c=5&d=true', '{"hello":"ü"}']);
    expect(headers).toMatchObject({
      'x-one': 'uno',
      'x-two': 'a, b',
      'user-agent': 'Amazon|StepFunctions|HttpInvoke|eu-west-1',
      range: 'bytes=0-262144',
      'content-type': 'application/json;charset=UTF-8',
    });
  });

  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) {
    it(`may be a ${method}`, async () => {
      expect(await call('/text', { Method: method })).toMatchObject({ ok: true, value: { StatusCode: 200 } });
      expect(lastSeen().method).toBe(method);
    });
  }

  it('is URL-encoded on demand', async () => {
    const body = { a: ['x', 'y'], b: { c: 1 } };
    const encoded = async (options: Json): Promise<string> => {
      await call('/x', { Method: 'POST', RequestBody: body, Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: options } });
      return lastSeen().body;
    };
    expect(await encoded({})).toBe('a[0]=x&a[1]=y&b[c]=1');
    expect(await encoded({ ArrayFormat: 'BRACKETS' })).toBe('a[]=x&a[]=y&b[c]=1');
    expect(lastSeen().headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    await call('/x', { Method: 'POST', RequestBody: 'as it is' });
    expect(lastSeen().body).toBe('as it is');
  });
});

describe('a response', () => {
  it('is shown with headers as lists, body parsed where it is JSON', async () => {
    const outcome = await call('/json');
    expect(outcome).toMatchObject({ ok: true, value: { StatusCode: 200, StatusText: 'OK', Headers: { 'X-Twice': ['a', 'b'], 'Content-Type': ['application/json'] } } });
    expect(JSON.stringify(outcome)).toContain('"ResponseBody":{"__proto__":{"x":1},"n":1}');
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(await call('/text')).toMatchObject({ value: { ResponseBody: '{"n":1}' } });
    expect(await call('/broken')).toMatchObject({ value: { ResponseBody: '{"n":' } });
    expect(await call('/latin')).toMatchObject({ value: { ResponseBody: 'ü' } });
    expect(await call('/status?code=204')).toMatchObject({ value: { ResponseBody: '', StatusCode: 204 } });
  });

  for (const code of [304, 400, 401, 404, 429, 500, 503]) {
    it(`of ${code} is the error States.Http.StatusCode.${code}`, async () => {
      const body = code === 304 ? '' : 'why';
      expect(await call(`/status?code=${code}&body=${body}`)).toMatchObject({ ok: false, error: { Error: `States.Http.StatusCode.${code}`, Cause: body === '' ? 'Not Modified' : 'why' } });
    });
  }

  it('that is no text is refused', async () => {
    for (const type of ['text/plain', 'image/png', 'application/octet-stream']) {
      expect(await call(`/binary?type=${type}`)).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
    }
  });

  it('may hold 256 KiB and no byte more', async () => {
    expect(await call('/large?bytes=262144')).toMatchObject({ ok: true });
    expect(await call('/large?bytes=262145')).toEqual({
      ok: false,
      error: { Error: 'States.DataLimitExceeded', Cause: "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit." },
    });
  });

  it('that does not come is States.Http.Socket', async () => {
    expect(await call('/hang-up')).toMatchObject({ ok: false, error: { Error: 'States.Http.Socket' } });
    expect(await call('/endless', {}, { timeoutSeconds: 0.05 })).toEqual({ ok: false, error: { Error: 'States.Http.Socket', Cause: 'The request took longer than 0.05 seconds.' } });
    const stopped = new AbortController();
    const pending = call('/endless', {}, {}, stopped.signal);
    stopped.abort();
    expect(await pending).toMatchObject({ ok: false, error: { Error: 'States.Http.Socket' } });
  });
});

describe('a redirect', () => {
  it('is followed as browsers do: 303 and a redirected POST become GET, 307 repeats the request', async () => {
    await call(`/redirect?code=303&to=/x`, { Method: 'PUT', RequestBody: 'b' });
    expect(lastSeen()).toMatchObject({ method: 'GET', url: '/x', body: '' });
    await call(`/redirect?code=302&to=/x`, { Method: 'POST', RequestBody: 'b' });
    expect(lastSeen()).toMatchObject({ method: 'GET', body: '' });
    await call(`/redirect?code=307&to=/x`, { Method: 'POST', RequestBody: 'b' });
    expect(lastSeen()).toMatchObject({ method: 'POST', body: 'b' });
  });

  it('ends somewhere', async () => {
    expect(await call('/loop', {}, { maxRedirects: 3 })).toEqual({ ok: false, error: { Error: 'States.Http.Socket', Cause: 'Too many redirects: gave up after 3.' } });
    expect(server.seen).toHaveLength(4);
    expect(await call('/redirect?to=/x', {}, { maxRedirects: 0 })).toMatchObject({ ok: false, error: { Error: 'States.Http.StatusCode.302' } });
    expect(await call('/redirect?to=http://%5B/')).toMatchObject({ ok: false, error: { Error: 'States.Http.Socket' } });
  });

  it('leaves credentials behind where it changes the origin', async () => {
    const other = await startServer((_seen, response) => response.end('other'));
    const connection: Connection = { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'secret' } } };
    await call(`/redirect?to=${encodeURIComponent(other.origin)}`, WITH_CONNECTION, { ...withConnection(connection), allowedHosts: ['127.0.0.1'] });
    expect(server.seen[0]?.headers['x-key']).toBe('secret');
    expect(other.seen[0]?.headers).not.toHaveProperty('x-key');
    await call('/redirect?to=/x', WITH_CONNECTION, withConnection(connection));
    expect(lastSeen().headers['x-key']).toBe('secret');
    await other.close();
  });
});

describe('a connection', () => {
  it('adds an API key, and wins over the Task', async () => {
    const connection: Connection = {
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'k' },
        InvocationHttpParameters: {
          HeaderParameters: [{ Key: 'x-one', Value: 'connection' }],
          QueryStringParameters: [{ Key: 'a', Value: 'connection' }],
          BodyParameters: [{ Key: 'b', Value: 'connection', IsValueSecret: true }, { Key: '__proto__', Value: 'data' }],
        },
      },
    };
    const parameters = { Method: 'POST', Headers: { 'X-One': 'task', 'x-key': 'task' }, QueryParameters: { a: 'task', c: 'task' }, RequestBody: { b: 'task', d: 'task' } };
    await call('/x', { ...parameters, ...WITH_CONNECTION }, withConnection(connection));
    expect(lastSeen().headers).toMatchObject({ 'x-key': 'k', 'x-one': 'connection' });
    expect(lastSeen().url).toBe('/x?c=task&a=connection');
    expect(lastSeen().body).toBe('{"b":"connection","d":"task","__proto__":"data"}');
    // The other name of the field, for private APIs.
    await call('/x', { InvocationConfig: { ConnectionArn: ARN } }, withConnection(connection));
    expect(lastSeen().headers).toMatchObject({ 'x-key': 'k' });
    expect(await call('/x', { Method: 'POST', RequestBody: 'text', ...WITH_CONNECTION }, withConnection(connection))).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
  });

  it('adds basic credentials', async () => {
    await call('/x', WITH_CONNECTION, withConnection({ AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'me', Password: 'p:ß' } } }));
    expect(lastSeen().headers['authorization']).toBe(`Basic ${Buffer.from('me:p:ß').toString('base64')}`);
  });

  const oauth = (path: string, method: 'GET' | 'POST' = 'POST'): Connection => ({
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: {
      OAuthParameters: {
        AuthorizationEndpoint: `${server.origin}${path}`,
        HttpMethod: method,
        ClientParameters: { ClientID: 'id', ClientSecret: 's&' },
        OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'all' }], HeaderParameters: [{ Key: 'X-Tenant', Value: 't' }] },
      },
    },
  });

  it('fetches one OAuth token for many calls, and another when it is refused', async () => {
    const adapter = adapterWith(withConnection(oauth('/token')));
    const get = (path: string): Promise<Outcome> => callTask(adapter, 'http:invoke', { ApiEndpoint: `${server.origin}${path}`, Method: 'GET', ...WITH_CONNECTION });
    await Promise.all([get('/x'), get('/x')]);
    await get('/x');
    expect(tokens).toBe(1);
    expect(lastSeen().headers['authorization']).toBe('Bearer t1');
    const request = server.seen.find((seen) => seen.url === '/token');
    expect(request).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials&client_id=id&client_secret=s%26&scope=all' });
    expect(request?.headers['x-tenant']).toBe('t');
    await get('/status?code=401&body=expired');
    await get('/x');
    expect(lastSeen().headers['authorization']).toBe('Bearer t2');
  });

  it('that gets no token fails the Task', async () => {
    for (const path of ['/no-token', '/status?code=500', '/text', '/hang-up', '/redirect?to=/token']) {
      expect(await call('/x', WITH_CONNECTION, withConnection(oauth(path, 'GET')))).toMatchObject({ ok: false, error: { Error: 'Events.ConnectionResource.InvalidConnectionState' } });
    }
    expect(server.seen.some((seen) => seen.url === '/x')).toBe(false);
  });

  it('guards the authorization endpoint too', async () => {
    const connection = oauth('/token');
    if (connection.AuthorizationType !== 'OAUTH_CLIENT_CREDENTIALS') throw new Error('unreachable');
    const elsewhere: Connection = { ...connection, AuthParameters: { OAuthParameters: { ...connection.AuthParameters.OAuthParameters, AuthorizationEndpoint: 'https://169.254.169.254/token' } } };
    expect(await call('/x', WITH_CONNECTION, withConnection(elsewhere))).toMatchObject({ ok: false, error: { Cause: expect.stringContaining('is not a public address') } });
  });

  it('nobody knows fails the Task, and says how to describe it', async () => {
    for (const arn of [ARN, 'constructor', '__proto__']) {
      expect(await call('/x', { Authentication: { ConnectionArn: arn } })).toMatchObject({
        ok: false,
        error: { Error: 'Events.ConnectionResource.ResourceNotFound', Cause: expect.stringContaining('connections option') },
      });
    }
  });
});

describe('parameters', () => {
  const faults: readonly [Record<string, Json>, string][] = [
    [{ ApiEndpoint: null }, "The field 'ApiEndpoint' is required but was missing"],
    [{ ApiEndpoint: 5 }, "The value for the field 'ApiEndpoint' must be a STRING"],
    [{ ApiEndpoint: 'no url' }, "The value of the field 'ApiEndpoint' has an invalid format"],
    [{ Method: 'BREW' }, "The value for the field 'Method' must be one of: [GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS]"],
    [{ Headers: 'x' }, "The value of the field 'Headers' has an invalid format"],
    [{ Headers: { a: { b: 1 } } }, "The value of the field 'Headers' has an invalid format"],
    [{ Headers: { a: 'x\r\nInjected: 1' } }, "The value of the field 'Headers' has an invalid format"],
    [{ Headers: { 'a b': 'x' } }, "The value of the field 'Headers' has an invalid format"],
    [{ Headers: { Authorization: 'x' } }, "The header 'Authorization' is not supported in the field 'Headers'"],
    [{ Headers: { 'X-Forwarded-For': 'x' } }, "The header 'X-Forwarded-For' is not supported in the field 'Headers'"],
    [{ Headers: { 'x-amz-date': 'x' } }, "The header 'x-amz-date' is not supported in the field 'Headers'"],
    [{ QueryParameters: [1] }, "The value of the field 'QueryParameters' has an invalid format"],
    [{ Transform: { RequestBodyEncoding: 'ROT13' } }, "The value of the field 'Transform' has an invalid format"],
  ];
  for (const [parameters, text] of faults) {
    it(`are refused: ${JSON.stringify(parameters)}`, async () => {
      const outcome = await call('/x', parameters);
      const all = { ApiEndpoint: `${server.origin}/x`, Method: 'GET', ...parameters };
      expect(outcome).toEqual({ ok: false, error: { Error: 'States.Runtime', Cause: `The Parameters '${JSON.stringify(all)}' could not be used to start the Task: [${text}]` } });
      expect(server.seen).toEqual([]);
      const check = http().tasks?.find(({ resource }) => resource === 'http:invoke')?.check;
      expect(check?.({ arguments: all } as Partial<TaskRequest> as TaskRequest)).toBe(text);
      expect(check?.({ arguments: { ApiEndpoint: 'https://example.com', Method: 'GET' } } as Partial<TaskRequest> as TaskRequest)).toBeUndefined();
    });
  }

  it('are no JSON object', async () => {
    expect(await callTask(adapterWith(), 'http:invoke', null)).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
  });

  it('with a body nested without end are refused, not crashed on', async () => {
    let deep: Json = {};
    for (let depth = 0; depth < 50_000; depth++) deep = { deep };
    for (const Transform of [{}, { RequestBodyEncoding: 'URL_ENCODED' }]) {
      expect(await call('/x', { Method: 'POST', RequestBody: deep, Transform })).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
    }
  });
});
