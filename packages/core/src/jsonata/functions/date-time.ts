import { fail } from '../errors.ts';
import { formatDateTime } from './format-date-time.ts';
import { parseDateTime } from './parse-date-time.ts';
import type { Builtins } from './table.ts';

const ISO_8601 = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;

/** Date and time functions. `$now` and `$millis` give the one instant of the evaluation. */
export const DATE_TIME_FUNCTIONS: Builtins = {
  now: { signature: '<s?s?:s>', arity: 2, call: (run, picture?: string, timezone?: string) => formatDateTime(run.environment.now, picture, timezone) },
  millis: { signature: '<:n>', arity: 0, call: (run) => run.environment.now },
  toMillis: {
    signature: '<s-s?:n>',
    arity: 2,
    call: (run, timestamp?: string, picture?: string) => {
      if (timestamp === undefined) return undefined;
      if (picture !== undefined) return parseDateTime(run, timestamp, picture);
      return ISO_8601.test(timestamp) ? Date.parse(timestamp) : fail('D3110', { value: timestamp });
    },
  },
  fromMillis: {
    signature: '<n-s?s?:s>',
    arity: 3,
    call: (_run, epochMs?: number, picture?: string, timezone?: string) => (epochMs === undefined ? undefined : formatDateTime(epochMs, picture, timezone)),
  },
};
