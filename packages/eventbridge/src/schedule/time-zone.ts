import type { EpochMs } from '@interstate/kernel';

const DAY_MS = 86_400_000;
/** Days remembered per zone, and zones; beyond, the memory starts afresh. */
const KEPT_DAYS = 4096;
const KEPT_ZONES = 1024;

/** Clock changes come at most once in a day. */
interface DayOffset {
  readonly before: number;
  readonly changesAt: EpochMs;
  readonly after: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, DayOffset>;
}

// Facts of the world, not state: equal for whoever asks.
const zones = new Map<string, Zone>();

/** True for names of the IANA time zone database, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== undefined;
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. @throws RangeError where there is no such zone */
export function offsetAt(name: string, time: EpochMs): number {
  if (name === 'UTC') return 0;
  const zone = zoneOf(name);
  if (!zone) throw new RangeError(`There is no time zone '${name.slice(0, 100)}'.`);
  const day = Math.floor(time / DAY_MS);
  let offset = zone.days.get(day);
  if (!offset) {
    if (zone.days.size >= KEPT_DAYS) zone.days.clear();
    zone.days.set(day, (offset = offsetOfDay(zone.format, day * DAY_MS)));
  }
  return time < offset.changesAt ? offset.before : offset.after;
}

/** When a zone's clocks first show a time; undefined where they never do, because they are put forward over it. */
export function instantOf(name: string, localMs: number): EpochMs | undefined {
  if (name === 'UTC') return localMs;
  const earlier = offsetAt(name, localMs - DAY_MS);
  const later = offsetAt(name, localMs + DAY_MS);
  const first = localMs - Math.max(earlier, later);
  if (offsetAt(name, first) === localMs - first) return first;
  const second = localMs - Math.min(earlier, later);
  return offsetAt(name, second) === localMs - second ? second : undefined;
}

function zoneOf(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known) return known;
  // Platforms take offsets like +01:00 too, which AWS does not.
  if (!/^[A-Za-z][\w+\-/]{0,49}$/.test(name)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    const zone = { format, days: new Map() };
    if (zones.size >= KEPT_ZONES) zones.clear();
    zones.set(name, zone);
    return zone;
  } catch {
    return undefined;
  }
}

function offsetOfDay(format: Intl.DateTimeFormat, start: EpochMs): DayOffset {
  const before = readOffset(format, start);
  const after = readOffset(format, start + DAY_MS);
  if (before === after) return { before, changesAt: start, after };
  let [last, changesAt] = [start, start + DAY_MS];
  while (changesAt - last > 1000) {
    const middle = last + Math.floor((changesAt - last) / 2000) * 1000;
    if (readOffset(format, middle) === before) last = middle;
    else changesAt = middle;
  }
  return { before, changesAt, after };
}

function readOffset(format: Intl.DateTimeFormat, time: EpochMs): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(time)) if (type !== 'literal') parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - time;
}
