/** One bit of 32 for a text, by its length and its ends: texts of different marks are different, which costs less to see than to look one up. */
export function markOf(text: string): number {
  const { length } = text;
  return length === 0 ? 1 : 1 << (7 * length + 5 * text.charCodeAt(0) + text.charCodeAt(length - 1));
}

export const EVERY_MARK = -1;
