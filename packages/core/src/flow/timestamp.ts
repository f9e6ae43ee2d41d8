import type { EpochMs } from '@interstate/kernel';

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of an RFC 3339 timestamp with `T` and a zone (fractions to nanoseconds); undefined where the text is none. */
export function parseTimestamp(text: string): EpochMs | undefined {
  const parts = RFC3339.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const milliseconds = parts[7] ? Number(parts[7].padEnd(3, '0').slice(0, 3)) : 0;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const zone = parts[8]!;
  if (zone === 'Z') return time;
  const offset = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
  return zone[0] === '+' ? time - offset : time + offset;
}
