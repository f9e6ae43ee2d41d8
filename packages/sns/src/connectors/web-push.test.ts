import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Push } from '../outbox.ts';
import { webPushTransport } from './web-push.ts';

const VAPID = { subject: 'mailto:me@example.org', publicKey: 'public', privateKey: 'private' };
const subscription = { endpoint: 'https://push.example.org/1', keys: { p256dh: 'k', auth: 'a' } };
const push = (to: string): Push => ({ type: 'push', id: 'm-1', time: 0, to, text: 'hello', ttlSeconds: 60 }) as unknown as Push;

/** Puts something in the place of the package. */
function webPushIs(sendNotification: (...args: unknown[]) => Promise<unknown>): void {
  vi.doMock('web-push', () => ({ default: { sendNotification } }));
}

afterEach(() => void vi.doUnmock('web-push'));

describe('webPushTransport', () => {
  it("sends to the subscription that is the endpoint's token", async () => {
    const sent: unknown[] = [];
    webPushIs(async (...args) => void sent.push(args));
    await webPushTransport(VAPID)(push(JSON.stringify(subscription)));
    expect(sent).toEqual([[subscription, 'hello', { vapidDetails: VAPID, TTL: 60 }]]);
  });

  it.each([
    [404, { code: 'EndpointDisabled' }],
    [410, { code: 'EndpointDisabled' }],
    [403, { permanent: true }],
    [413, { permanent: true }],
  ])('says what an answer of %i means', async (statusCode, expected) => {
    webPushIs(async () => Promise.reject(Object.assign(new Error('Received unexpected response code'), { statusCode })));
    await expect(webPushTransport(VAPID)(push(JSON.stringify(subscription)))).rejects.toMatchObject(expected);
  });

  it.each([429, 500, 503, undefined])('has it tried again after an answer of %s', async (statusCode) => {
    webPushIs(async () => Promise.reject(Object.assign(new Error('later'), { statusCode })));
    const failure = webPushTransport(VAPID)(push(JSON.stringify(subscription)));
    await expect(failure).rejects.toThrow('later');
    await expect(failure).rejects.not.toMatchObject({ permanent: true });
  });

  it('refuses a token that is no subscription', async () => {
    webPushIs(async () => undefined);
    await expect(webPushTransport(VAPID)(push('token'))).rejects.toMatchObject({ permanent: true, message: 'The device token is no push subscription as JSON text.' });
  });

  it('names the package where it is not installed', async () => {
    await expect(webPushTransport(VAPID)(push(JSON.stringify(subscription)))).rejects.toThrow("Web push needs the package 'web-push': npm install web-push.");
  });
});
