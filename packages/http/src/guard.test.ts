import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '@interstate/kernel';
import { http, type HttpAdapter, type HttpOptions, type ResolveHost } from './index.ts';
import { callTask, startServer, type TestServer } from '../test/server.ts';

let server: TestServer;
const adapters: HttpAdapter[] = [];

beforeAll(async () => {
  server = await startServer((seen, response) => {
    const target = new URL(seen.url, 'http://x').searchParams.get('to');
    if (target !== null) response.writeHead(302, { location: target }).end();
    else response.end('reached');
  });
});

afterAll(async () => {
  for (const adapter of adapters) await adapter.close();
  await server.close();
});

function get(url: string, options: HttpOptions = {}): Promise<Outcome> {
  const adapter = http(options);
  adapters.push(adapter);
  return callTask(adapter, 'http:invoke', { ApiEndpoint: url, Method: 'GET' });
}

/** A resolver that knows some names. */
function resolver(names: Record<string, readonly string[]>): ResolveHost {
  return (hostname, callback) => {
    callback(null, (names[hostname] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
}

const REFUSED = { ok: false, error: { Error: 'States.Http.Socket', Cause: expect.stringContaining('is not a public address') } };

describe('the guard refuses', () => {
  const spellings = [
    'https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://0x7f.1/', 'https://0/',
    'https://127.0.0.1./', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[64:ff9b::7f00:1]/', 'https://[::]/',
    'https://169.254.169.254/latest/meta-data/', 'https://2852039166/', 'https://[fd00:ec2::254]/', 'https://10.1.2.3/', 'https://192.168.1.1:8443/',
    'https://１２７.０.０.１/', 'https://%31%32%37.0.0.1/', 'https://user@127.0.0.1/',
  ];
  for (const url of spellings) {
    it(`${url}`, async () => {
      const outcome = await get(url);
      if (url.includes('@')) expect(outcome).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
      else expect(outcome).toMatchObject(REFUSED);
    });
  }

  it('names that lead to private addresses, one among others too', async () => {
    const resolve = resolver({ 'a.example.test': ['127.0.0.1'], 'b.example.test': ['8.8.8.8', '169.254.169.254'], 'c.example.test': ['::ffff:10.0.0.1'], localhost: ['::1'] });
    for (const name of ['a.example.test', 'b.example.test', 'c.example.test', 'localhost']) {
      expect(await get(`https://${name}/`, { resolve })).toMatchObject(REFUSED);
    }
  });

  it('a name that changes its address between two calls', async () => {
    let calls = 0;
    const resolve: ResolveHost = (_hostname, callback) => callback(null, [{ address: calls++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    const adapter = http({ resolve });
    adapters.push(adapter);
    for (let round = 0; round < 2; round++) {
      expect(await callTask(adapter, 'http:invoke', { ApiEndpoint: 'https://rebinding.example.test/', Method: 'GET' })).toMatchObject(REFUSED);
    }
    expect(calls).toBe(2);
  });

  it('redirects into private addresses, from a host that is opened', async () => {
    const before = server.seen.length;
    for (const to of ['https://127.0.0.1/', 'https://169.254.169.254/', 'https://localhost/']) {
      expect(await get(`${server.origin}/?to=${encodeURIComponent(to)}`, { allowedHosts: [server.host], resolve: resolver({ localhost: ['127.0.0.1'] }) })).toMatchObject(REFUSED);
    }
    expect(server.seen.length).toBe(before + 3);
  });

  it('redirects to plain http and to other schemes', async () => {
    for (const to of ['http://127.0.0.1:1/', 'http://example.test/', 'file:///etc/passwd', 'ftp://127.0.0.1/']) {
      expect(await get(`${server.origin}/?to=${encodeURIComponent(to)}`, { allowedHosts: [server.host] })).toMatchObject({
        ok: false,
        error: { Error: 'States.Http.Socket', Cause: expect.stringContaining('the scheme must be https') },
      });
    }
  });

  it('plain http, from the start', async () => {
    expect(await get(server.origin)).toMatchObject({ ok: false, error: { Error: 'States.Runtime', Cause: expect.stringContaining('the scheme must be https') } });
  });

  it('an API Gateway call to a private address', async () => {
    const adapter = http();
    adapters.push(adapter);
    expect(await callTask(adapter, 'apigateway:invoke', { ApiEndpoint: '127.0.0.1', Method: 'GET' })).toMatchObject({
      ok: false,
      error: { Error: 'ApiGateway.SdkClientException', Cause: expect.stringContaining('is not a public address') },
    });
  });
});

describe('the guard lets through', () => {
  it('hosts that are named', async () => {
    for (const allowed of [server.host, '127.0.0.1']) {
      expect(await get(server.origin, { allowedHosts: [allowed] })).toMatchObject({ ok: true, value: { ResponseBody: 'reached' } });
    }
    const resolve = resolver({ 'api.example.test': ['127.0.0.1'] });
    expect(await get(`http://api.example.test:${server.port}/`, { allowedHosts: ['api.example.test'], resolve })).toMatchObject({ ok: true });
  });

  it('only the port that is named', async () => {
    expect(await get(`https://127.0.0.1:${server.port}/`, { allowedHosts: ['127.0.0.1:1'] })).toMatchObject(REFUSED);
  });

  it('everything, where private addresses are allowed', async () => {
    expect(await get(server.origin, { allowPrivateAddresses: true })).toMatchObject({ ok: true });
    expect(await get(`${server.origin}/?to=${encodeURIComponent(server.origin)}`, { allowPrivateAddresses: true })).toMatchObject({ ok: true, value: { ResponseBody: 'reached' } });
  });
});
