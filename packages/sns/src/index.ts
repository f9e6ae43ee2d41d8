// The service, and what an application decides of it.
export { sns, type SnsAdapter, type SnsOptions, type SnsPlace } from './adapter.ts';
export type { OriginationNumber, SmsOptions } from './options.ts';
export { SNS_LIMITS, type SnsLimits } from './limits.ts';

// Its API.
export type { Sns } from './client.ts';
export { SNS_ERRORS, type SnsErrorCode } from './errors.ts';
export { INPUT_SHAPES, type OperationName } from './input-shapes.ts';
export { SNS_MODEL } from './model.ts';
export { requestOfUrl } from './visit.ts';

// Messages for people, and what carries them.
export type { Outbox, Transport, Transports } from './connectors/outbox.ts';
export { smtpTransport } from './connectors/smtp.ts';
export { webPushTransport, type VapidDetails } from './connectors/web-push.ts';
export type { Email, OutboxMessage, Push, Sms } from './outbox.ts';

// Signed messages.
export { DEVELOPMENT_CERTIFICATE } from './development-key.ts';
