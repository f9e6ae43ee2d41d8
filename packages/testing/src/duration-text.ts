const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [3600, 'h'],
  [60, 'min'],
];

/** `5 min`, `1.5 h`: one decimal at most. */
export function durationText(seconds: number): string {
  const [size, unit] = UNITS.find(([unitSeconds]) => seconds >= unitSeconds) ?? [1, 's'];
  return `${Number((seconds / size).toFixed(1))} ${unit}`;
}
