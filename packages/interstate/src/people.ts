import type { ApiRequest, Outcome } from '@interstate/kernel';
import type { Host } from '@interstate/runtime';
import { requestIdOf, wireAnswer } from '@interstate/service-kit';
import { requestOfUrl, type Outbox, type SnsAdapter } from '@interstate/sns';

/** The people that SNS writes to. */
export interface People extends Pick<Outbox, 'messages' | 'clear'> {
  /**
   * Visits a link of a message, as a person or an endpoint does: SubscribeURL confirms a subscription, UnsubscribeURL ends it.
   * Gives what the visitor sees. @throws TypeError where the URL is no such link
   */
  visit(url: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Replies STOP from a phone number: it gets no more text messages until it is opted in. */
  optOut(phoneNumber: string): void;
}

export function createPeople({ outbox, directory, services, optOutNotice }: SnsAdapter, host: Host, call: (to: string, request: ApiRequest, waits: boolean) => Promise<Outcome>): People {
  const { model, addressOf } = services[0]!;
  let visits = 0;
  return {
    async visit(url) {
      const request = requestOfUrl(url);
      if (!request) throw new TypeError(`'${url.slice(0, 200)}' is no SubscribeURL or UnsubscribeURL of SNS.`);
      const { action, input } = request;
      const { statusCode: status, body } = wireAnswer(model, action, await call(addressOf(action, input), request, false), requestIdOf(++visits));
      return { status, body };
    },
    optOut: (phoneNumber) => host.notify(directory, optOutNotice(phoneNumber)),
    ...outbox,
  };
}
