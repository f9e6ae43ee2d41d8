import type { Push } from '../outbox.ts';
import type { Transport } from './outbox.ts';

export interface VapidDetails {
  /** `mailto:` or `https:` URL of who sends. */
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** What of web-push is used here. */
interface WebPush {
  sendNotification(subscription: object, payload: string, options: object): Promise<unknown>;
}

/**
 * Sends push notifications to browsers, with `web-push`, which you install. The device token of an endpoint is the browser's
 * push subscription as JSON text; any platform will do, GCM say.
 */
export function webPushTransport(vapidDetails: VapidDetails): Transport<Push> {
  let loading: Promise<WebPush> | undefined;
  const load = async (): Promise<WebPush> => {
    // Named in two parts: the package has no types of its own and need not be there.
    const name = ['web', 'push'].join('-');
    const module = (await import(name).catch(() => {
      throw Object.assign(new Error("Web push needs the package 'web-push': npm install web-push."), { permanent: true });
    })) as WebPush & { readonly default?: WebPush };
    return module.default ?? module;
  };
  return async ({ to, text, ttlSeconds }) => {
    const web = await (loading ??= load());
    let subscription: object;
    try {
      subscription = JSON.parse(to) as object;
    } catch {
      throw Object.assign(new Error('The device token is no push subscription as JSON text.'), { permanent: true });
    }
    try {
      await web.sendNotification(subscription, text, { vapidDetails, ...(ttlSeconds !== undefined && { TTL: ttlSeconds }) });
    } catch (error) {
      const { statusCode = 500 } = error as { readonly statusCode?: number };
      // The browser has taken the subscription back.
      if (statusCode === 404 || statusCode === 410) throw Object.assign(error as Error, { code: 'EndpointDisabled' });
      if (statusCode < 500 && statusCode !== 429) throw Object.assign(error as Error, { permanent: true });
      throw error;
    }
  };
}
