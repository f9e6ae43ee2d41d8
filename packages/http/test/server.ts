import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Adapter, ConnectorCall, Json, Outcome, TaskRequest } from '@interstate/kernel';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A server on the loopback address, for tests. */
export interface TestServer {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  readonly seen: Seen[];
  close(): Promise<void>;
}

export async function startServer(answer: (seen: Seen, response: ServerResponse, request: IncomingMessage) => void): Promise<TestServer> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      seen.push(entry);
      answer(entry, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Calls an adapter's Task resource as a host does. */
export async function callTask(adapter: Adapter, resource: string, parameters: Json, signal: AbortSignal = new AbortController().signal): Promise<Outcome> {
  const connector = adapter.tasks?.find((binding) => binding.resource === resource)?.connector;
  if (connector === undefined) throw new Error(`Nothing answers ${resource}.`);
  const request: Partial<TaskRequest> = {
    resource: `arn:aws:states:::${resource}`,
    arguments: parameters,
    executionArn: 'arn:aws:states:eu-west-1:111111111111:execution:m:e',
  };
  const call: ConnectorCall = { to: 'arn:aws:test', from: '', callId: '1', request: request as unknown as Json, now: 0, signal, progress: () => {}, release: () => {} };
  return connector(call);
}
