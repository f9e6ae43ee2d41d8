// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape } from '@interstate/service-kit';
import { required, structure, text, whole } from './shape.ts';

export const FLAG: Shape = { type: 'boolean' };
/** Milliseconds since 1970; in Tasks also ISO 8601 text. */
export const TIME: Shape = { type: 'json' };
export const EVENT_SOURCE_NAME: Shape = { ...text(1, 256), pattern: whole(/aws\.partner(\/[\.\-_A-Za-z0-9]+){2,}/) };
export const HTTPS_ENDPOINT: Shape = { ...text(1, 2048), pattern: whole(/^((%[0-9A-Fa-f]{2}|[-()_.!~*';\/?:@\x26=+$,A-Za-z0-9])+)([).!';\/?:,])?$/) };
export const EVENT_PATTERN: Shape = text(undefined, 4096);
export const KMS_KEY_IDENTIFIER: Shape = { ...text(undefined, 2048), pattern: whole(/^[a-zA-Z0-9_\-\/:]*$/) };
export const DEAD_LETTER_CONFIG = structure({ Arn: text(1, 1600) }, 'DeadLetterConfig');
const TAG = structure({ Key: required(text(1, 128)), Value: required(text(0, 256)) }, 'Tag');
export const TAG_LIST: Shape = { type: 'list', member: TAG };
export const EVENT_BUS_NAME_OR_ARN: Shape = { ...text(1, 1600), pattern: whole(/(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+/) };
export const LIMIT_MAX100: Shape = { type: 'integer', min: 1, max: 100 };
export const EVENT_RESOURCE_LIST: Shape = { type: 'list', member: text(undefined, 2048) };
export const TARGET_ID: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
