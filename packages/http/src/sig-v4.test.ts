import { createHash, createHmac } from 'node:crypto';
import { HTTP_ADDRESS, type Json } from '@interstate/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { http, sigV4 } from './index.ts';
import { callTask, startServer, type TestServer } from '../test/server.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'token' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer((_seen, response) => void response.end('{}'));
});
afterAll(() => server.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const escaped = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** What API Gateway does: makes the signature again, of the request as it came, by the steps of the documentation. */
function isGenuine({ method, url, headers, body }: TestServer['seen'][number], region: string): boolean {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/execute-api\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(String(headers['authorization']));
  if (!parts) return false;
  const [, id, day, signedRegion, names, signature] = parts as unknown as string[];
  const { pathname, searchParams } = new URL(url, 'http://host');
  const query = [...searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).sort().join('&');
  const path = pathname.split('/').map(escaped).join('/');
  const lines = names!.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`).join('');
  const canonical = [method, path, query, lines, names, sha256(body)].join('\n');
  const scope = `${day}/${region}/execute-api/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = ['execute-api', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${KEYS.secretAccessKey}`, day!), region));
  return id === KEYS.accessKeyId && signedRegion === region && names!.includes('host') && hmac(key, text).toString('hex') === signature;
}

describe('sigV4', () => {
  const sign = sigV4({ credentials: () => Promise.resolve(KEYS), region: 'eu-west-1' });
  const adapter = http({ allowedHosts: [], allowPrivateAddresses: true, sign });
  afterAll(() => adapter.close());

  it('signs what a machine wants signed, so that the other side can tell', async () => {
    server.seen.length = 0;
    for (const url of ['/prod/pets', '/prod/pets/a%20b?b=2&a=1&a=%C3%A9&empty=']) {
      for (const body of ['{"n":1}', undefined]) {
        const connector = adapter.connectors![HTTP_ADDRESS]!;
        const request = { method: body === undefined ? 'GET' : 'POST', url: server.origin + url, headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Own': '  two   spaces ' }, ...(body !== undefined && { body }), signed: true, timeoutMs: 5_000 };
        expect(await connector({ request: request as unknown as Json } as Parameters<typeof connector>[0])).toMatchObject({ ok: true });
      }
    }
    expect(server.seen.map((seen) => [isGenuine(seen, 'eu-west-1'), seen.headers['x-amz-security-token']])).toEqual(Array.from({ length: 4 }, () => [true, 'token']));
    const [first] = server.seen;
    expect(isGenuine({ ...first!, body: '{"n":2}' }, 'eu-west-1')).toBe(false);
    expect(isGenuine({ ...first!, url: '/prod/other' }, 'eu-west-1')).toBe(false);
  });

  it('leaves other requests as they are', async () => {
    server.seen.length = 0;
    const connector = adapter.connectors![HTTP_ADDRESS]!;
    await connector({ request: { method: 'POST', url: server.origin, headers: {}, timeoutMs: 5_000 } as unknown as Json } as Parameters<typeof connector>[0]);
    expect(server.seen[0]?.headers['authorization']).toBeUndefined();
  });

  it('reads the region off the name of a host', async () => {
    const { Authorization, authorization = Authorization } = await sign({ method: 'GET', url: new URL('https://a.execute-api.ap-south-1.amazonaws.com/prod'), headers: {} });
    expect(authorization).toContain('/ap-south-1/execute-api/aws4_request');
  });

  it('signs Tasks too', async () => {
    server.seen.length = 0;
    await callTask(adapter, 'apigateway:invoke', { ApiEndpoint: server.origin, Method: 'POST', AuthType: 'IAM_ROLE', Path: 'x', RequestBody: { a: 1 } });
    expect(isGenuine(server.seen[0]!, 'eu-west-1')).toBe(true);
  });
});
