import { Readable } from 'node:stream';
import { SFN, SFNClient } from '@aws-sdk/client-sfn';
import { SQS } from '@aws-sdk/client-sqs';
import type { Adapter, Json, JsonObject, Outcome, TaskRequest } from '@interstate/kernel';

/** One exchange as a client makes it: what was sent, what is answered. */
export interface Sent {
  readonly action: string;
  readonly body: JsonObject;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Json;
}

const REQUEST_ID = '11111111-2222-4333-8444-555555555555';

/** Client settings that keep a client off the network: every request is answered by a function. */
function offline(answer: (sent: Sent) => Answer) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body?: string | Uint8Array }) => {
        const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
        const { status = 200, headers = {}, body } = answer({ action, body: JSON.parse(typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)) as JsonObject });
        const text = JSON.stringify(body);
        return { response: { statusCode: status, headers: { 'x-amzn-requestid': REQUEST_ID, 'content-type': 'application/x-amz-json-1.0', ...headers }, body: Readable.from([Buffer.from(text)]) } };
      },
    },
  };
}

export function offlineSfn(answer: (sent: Sent) => Answer): SFN {
  return new SFN(offline(answer));
}

export function offlineSfnClient(answer: (sent: Sent) => Answer): SFNClient {
  return new SFNClient(offline(answer));
}

export function offlineSqs(answer: (sent: Sent) => Answer): SQS {
  return new SQS({ ...offline(answer), md5: false });
}

/** Calls an adapter's Task resource as a host does: the exact binding before the pattern. */
export async function callTask(
  adapter: Adapter,
  resource: string,
  parameters: Json,
  { news = [], signal = new AbortController().signal }: { news?: Json[]; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const suffix = /\.(sync:2|sync|waitForTaskToken)$/.exec(resource)?.[1];
  const name = suffix === undefined ? resource : resource.slice(0, -suffix.length - 1);
  const bindings = adapter.tasks ?? [];
  const binding = bindings.find((each) => each.resource === name) ?? bindings.find((each) => each.resource.endsWith('*') && name.startsWith(each.resource.slice(0, -1)));
  if (binding === undefined) throw new Error(`Nothing answers ${resource}.`);
  const parts = name.split(':');
  const request: Partial<TaskRequest> = {
    resource: `arn:aws:states:::${resource}`,
    service: parts.slice(0, -1).join(':'),
    action: parts.at(-1)!,
    pattern: (suffix ?? 'requestResponse') as TaskRequest['pattern'],
    arguments: parameters,
    executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:e',
    stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m',
  };
  return binding.connector({ to: 'arn:aws:test', from: '', callId: '1', request: request as unknown as Json, now: 0, signal, progress: (item) => void news.push(item), release: () => {} });
}
