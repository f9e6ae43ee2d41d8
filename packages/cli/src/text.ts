import stringWidth from 'string-width';

/** `340 ms`, `1.25 s`, `3 min 20 s`, `2 d 4 h`: two figures that matter. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 10) / 100).toFixed(2)} s`;
  const units: readonly (readonly [string, number])[] = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000]];
  const first = units.findIndex(([, size]) => ms >= size);
  let rest = ms;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}

/** A text for one line: control characters made visible, cut to so many columns. */
export function fitText(text: string, columns: number): string {
  let line = '';
  let width = 0;
  for (const char of visible(text.slice(0, columns * 8 + 1))) {
    const next = stringWidth(char);
    if (width + next > columns) return `${cutTo(line, columns - 1)}…`;
    line += char;
    width += next;
  }
  return line;
}

/** Fills up with spaces to so many columns. */
export function padText(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

function cutTo(text: string, columns: number): string {
  let line = text;
  while (stringWidth(line) > columns) line = line.slice(0, -1);
  return line;
}

/** Names and causes come from data: nothing in them may steer the terminal. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) =>
    char === '\n' ? '⏎' : char === '\t' ? ' ' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
