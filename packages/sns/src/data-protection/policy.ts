/** Placeholder. */
export function parseProtection(_text: string): object {
  return {};
}
