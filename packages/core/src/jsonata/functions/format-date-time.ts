import { fail } from '../errors.ts';
import { dateComponent, DAYS, MONTHS } from './calendar.ts';
import { analyseDateTimePicture, type Marker } from './date-time-picture.ts';
import { applyIntegerPicture, formatInteger } from './integer-picture.ts';

const ISO_8601 = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]';

interface Offset {
  readonly hours: number;
  readonly minutes: number;
}

/** Epoch milliseconds by a picture (default ISO 8601), in a timezone written `+hhmm` (default UTC). */
export function formatDateTime(epochMs: number, picture: string = ISO_8601, timezone?: string): string {
  const zone = timezone === undefined ? 0 : Number.parseInt(timezone, 10);
  const offset: Offset = { hours: Math.floor(zone / 100), minutes: zone % 100 };
  const date = new Date(epochMs + (60 * offset.hours + offset.minutes) * 60_000);
  let text = '';
  for (const part of analyseDateTimePicture(picture)) text += part.type === 'literal' ? part.text : formatMarker(date, part, offset);
  return text;
}

function formatMarker(date: Date, marker: Marker, offset: Offset): string {
  const { component } = marker;
  if (component === 'Z' || component === 'z') return formatZone(marker, offset);
  const value = dateComponent(date, component);
  if (component === 'P') return marker.names === 'upper' ? String(value).toUpperCase() : String(value);
  if (typeof value !== 'number') return String(value);
  if (marker.names !== undefined && component !== 'f') return formatName(value, marker);
  const shown = component === 'Y' && marker.yearDigits !== undefined ? value % 10 ** marker.yearDigits : value;
  return marker.integer === undefined ? fail('D3133', { value: component }) : applyIntegerPicture(shown, marker.integer);
}

function formatName(value: number, { component, names, maxWidth }: Marker): string {
  let name: string;
  if (component === 'M' || component === 'x') name = MONTHS[value - 1]!;
  else if (component === 'F') name = DAYS[value]!;
  else return fail('D3133', { value: component });
  if (names === 'upper') name = name.toUpperCase();
  else if (names === 'lower') name = name.toLowerCase();
  return maxWidth === undefined ? name : name.slice(0, maxWidth);
}

// §9.8.4.6.
function formatZone({ component, integer, traditional }: Marker, { hours, minutes }: Offset): string {
  const offset = hours * 100 + minutes;
  if (offset === 0 && traditional) return 'Z';
  const picture = integer!;
  const digits = picture.mandatoryDigits;
  let text: string;
  if (picture.regular !== undefined || digits === 3 || digits === 4) text = applyIntegerPicture(offset, picture);
  else if (digits === 1 || digits === 2) {
    text = applyIntegerPicture(hours, picture);
    if (minutes !== 0) text += `:${formatInteger(minutes, '00')}`;
  } else return fail('D3134', { value: digits });
  return `${component === 'z' ? 'GMT' : ''}${offset >= 0 ? '+' : ''}${text}`;
}
