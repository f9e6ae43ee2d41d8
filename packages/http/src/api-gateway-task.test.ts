import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json, Outcome, TaskRequest } from '@interstate/kernel';
import { http, type HttpAdapter, type HttpOptions } from './index.ts';
import { callTask, startServer, type TestServer } from '../test/server.ts';

let server: TestServer;
const adapters: HttpAdapter[] = [];

beforeAll(async () => {
  server = await startServer((seen, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (seen.url.includes('missing')) response.writeHead(403).end('{"message":"Missing Authentication Token"}');
    else if (seen.url.includes('hang-up')) response.destroy();
    else response.end(seen.body === '' ? '{}' : seen.body);
  });
});

beforeEach(() => {
  server.seen.length = 0;
});

afterAll(async () => {
  for (const adapter of adapters) await adapter.close();
  await server.close();
});

function call(parameters: Record<string, Json>, options: HttpOptions = {}): Promise<Outcome> {
  const adapter = http({ allowedHosts: [server.host], ...options });
  adapters.push(adapter);
  return callTask(adapter, 'apigateway:invoke', { ApiEndpoint: server.origin, Method: 'POST', ...parameters });
}

describe('apigateway:invoke', () => {
  it('puts endpoint, stage, path, query, headers and body together', async () => {
    const outcome = await call({ Stage: 'dev', Path: '/pets/cat?#x', QueryParameters: { a: ['1', '2'] }, Headers: { custom_header: ['p', 'q'] }, RequestBody: { hello: 'world', none: null, list: [{ none: null }] } });
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/dev/pets/cat%3F%23x?a=1&a=2', body: '{"hello":"world","list":[{}]}' });
    expect(server.seen[0]?.headers['custom_header']).toBe('p, q');
    expect(outcome).toMatchObject({ ok: true, value: { StatusCode: 200, StatusText: 'OK', ResponseBody: { hello: 'world', list: [{}] }, Headers: { 'Content-Type': ['application/json'] } } });
  });

  it('sends any body as JSON, null members on demand', async () => {
    expect(await call({ RequestBody: '' })).toMatchObject({ value: { ResponseBody: '' } });
    expect(server.seen[0]?.body).toBe('""');
    await call({ RequestBody: { none: null }, AllowNullValues: true });
    expect(server.seen[1]?.body).toBe('{"none":null}');
    expect(await call({})).toMatchObject({ value: { ResponseBody: {} } });
    expect(server.seen[2]?.body).toBe('');
  });

  it('fails with ApiGateway.<status> and the body', async () => {
    expect(await call({ Path: 'missing' })).toEqual({ ok: false, error: { Error: 'ApiGateway.403', Cause: '{"message":"Missing Authentication Token"}' } });
    expect(await call({ Path: 'hang-up' })).toMatchObject({ ok: false, error: { Error: 'ApiGateway.SdkClientException' } });
  });

  it('signs where the Task says so and somebody can', async () => {
    const sign = ({ url }: { url: URL }) => ({ Authorization: `AWS4 ${url.pathname}` });
    await call({ AuthType: 'IAM_ROLE', Path: 'x' }, { sign });
    expect(server.seen[0]?.headers['authorization']).toBe('AWS4 /x');
    await call({ AuthType: 'NO_AUTH' }, { sign });
    expect(server.seen[1]?.headers['authorization']).toBeUndefined();
    await call({ AuthType: 'IAM_ROLE' });
    expect(server.seen[2]?.headers['authorization']).toBeUndefined();
  });

  const faults: readonly [Record<string, Json>, string][] = [
    [{ Headers: { custom_header: 'singleStringHeader' } }, "The value of the field 'Headers' has an invalid format"],
    [{ QueryParameters: { a: '1' } }, "The value of the field 'QueryParameters' has an invalid format"],
    [{ Headers: { Authorization: ['x'] } }, "The header 'Authorization' is not supported in the field 'Headers'"],
    [{ Headers: { 'X-Amzn-Trace-Id': ['x'] } }, "The header 'X-Amzn-Trace-Id' is not supported in the field 'Headers'"],
    [{ ApiEndpoint: 'evil.test/path' }, "The value of the field 'ApiEndpoint' has an invalid format"],
    [{ ApiEndpoint: 'user@evil.test' }, "The value of the field 'ApiEndpoint' has an invalid format"],
    [{ AuthType: 'NONE' }, "The value for the field 'AuthType' must be one of: [NO_AUTH, IAM_ROLE, RESOURCE_POLICY]"],
  ];
  for (const [parameters, text] of faults) {
    it(`refuses ${JSON.stringify(parameters)}`, async () => {
      const all = { ApiEndpoint: server.origin, Method: 'POST', ...parameters };
      expect(await call(parameters)).toEqual({ ok: false, error: { Error: 'States.Runtime', Cause: `The Parameters '${JSON.stringify(all)}' could not be used to start the Task: [${text}]` } });
      expect(server.seen).toEqual([]);
      const check = http().tasks?.find(({ resource }) => resource === 'apigateway:invoke')?.check;
      expect(check?.({ arguments: all } as Partial<TaskRequest> as TaskRequest)).toBe(text);
    });
  }

  it('refuses a body nested without end', async () => {
    let deep: Json = {};
    for (let depth = 0; depth < 50_000; depth++) deep = { deep };
    expect(await call({ RequestBody: deep }).catch((error: unknown) => error)).toMatchObject({ ok: false, error: { Error: 'States.Runtime' } });
  });
});
