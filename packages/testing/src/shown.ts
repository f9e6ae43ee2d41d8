/** A value as short JSON text for a reason. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}
