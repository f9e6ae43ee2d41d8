import type { EpochMs, Json } from '@interstate/kernel';
import type { Rendering } from './envelope.ts';
import { textFor } from './message.ts';
import type { LiveSubscription } from './subscription.ts';
import { attributesOf, type TopicContext } from './topic-state.ts';

/** Where what is for people goes: e-mails, text messages, notifications of mobile apps. Its connector keeps them, and hands them on. */
export const OUTBOX_ADDRESS = 'interstate:sns:outbox';

/** An e-mail. */
export interface Email {
  readonly type: 'email';
  /** Id of the message or of the confirmation. */
  readonly id: string;
  readonly time: EpochMs;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What a person can visit: to confirm the subscription, or to end it. */
  readonly link: string;
}

/** A text message. */
export interface Sms {
  readonly type: 'sms';
  readonly id: string;
  readonly time: EpochMs;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  readonly smsType: 'Promotional' | 'Transactional';
  readonly senderId?: string;
  readonly originationNumber?: string;
}

/** A notification for a mobile app. */
export interface Push {
  readonly type: 'push';
  readonly id: string;
  readonly time: EpochMs;
  /** `GCM`, `APNS`, … */
  readonly platform: string;
  /** Device token. */
  readonly to: string;
  readonly endpointArn: string;
  readonly applicationArn: string;
  /** What the platform gets: its own part of a `json` message, else the text. */
  readonly text: string;
  readonly subject?: string;
  /** Seconds, where the message says so. */
  readonly ttlSeconds?: number;
}

export type OutboxMessage = Email | Sms | Push;

const FOOTER = [
  '--',
  'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
];
const NO_REPLY = 'Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support';

/** The e-mail that brings a message. `email-json` gets the envelope. */
export function emailOf(context: TopicContext, rendering: Rendering, { of }: LiveSubscription): Json {
  const { arn, endpoint, protocol } = of;
  const { message } = rendering;
  const link = `${rendering.unsubscribeUrl(arn)}&Endpoint=${endpoint}`;
  const text = protocol === 'email-json' ? rendering.envelope(arn, protocol, false) : [textFor(message, protocol), '', ...FOOTER, link, '', NO_REPLY].join('\n');
  return mail(context, { id: message.id, to: endpoint, subject: message.subject ?? 'AWS Notification Message', text, link });
}

/** The e-mail that asks whether messages are wanted. `email-json` gets the envelope. */
export function confirmationEmail(context: TopicContext, { id, to, link, envelope }: { readonly id: string; readonly to: string; readonly link: string; readonly envelope: string | undefined }): Json {
  const text = [
    'You have chosen to subscribe to the topic:',
    context.arn,
    '',
    'To confirm this subscription, click or visit the link below (If this was in error no action is necessary):',
    link,
    '',
    'Please do not reply directly to this email.',
  ].join('\n');
  return mail(context, { id, to, subject: 'AWS Notification - Subscription Confirmation', text: envelope ?? text, link });
}

function mail(context: TopicContext, parts: Pick<Email, 'id' | 'to' | 'subject' | 'text' | 'link'>): Json {
  const { DisplayName = 'AWS Notifications' } = attributesOf(context.state);
  // A display name must not open another header or address.
  const name = DisplayName.replaceAll(/[\r\n"<>\\]/g, ' ');
  return { type: 'email', time: context.now, from: `"${name}" <no-reply@sns.amazonaws.com>`, ...parts };
}
