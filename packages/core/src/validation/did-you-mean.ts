import { nearName } from '@interstate/kernel';

/** `Did you mean 'Resource'?` where a known name is near the given one, else undefined. */
export function didYouMean(given: string, known: Iterable<string>): string | undefined {
  const near = nearName(given, known);
  return near === undefined ? undefined : `Did you mean '${near}'?`;
}

/** The same for names that are missing: whether one of the names given was meant for one of them. */
export function meantFor(missing: readonly string[], given: Iterable<string>): string | undefined {
  for (const name of given) {
    const hint = missing.includes(name) ? undefined : didYouMean(name, missing);
    if (hint) return `${hint.slice(0, -1)} by '${name}'?`;
  }
  return undefined;
}
