/** `Did you mean 'Resource'?` where a known name is near the given one (a third of its length in edits), else undefined. */
export function didYouMean(given: string, known: Iterable<string>): string | undefined {
  if (given.length > 80) return undefined;
  let best: string | undefined;
  let least = Math.floor(given.length / 3) + 1;
  const lower = given.toLowerCase();
  for (const name of known) {
    if (Math.abs(name.length - given.length) >= least) continue;
    const distance = editDistance(lower, name.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best === undefined || best === given ? undefined : `Did you mean '${best}'?`;
}

/** The same for names that are missing: whether one of the names given was meant for one of them. */
export function meantFor(missing: readonly string[], given: Iterable<string>): string | undefined {
  for (const name of given) {
    const hint = missing.includes(name) ? undefined : didYouMean(name, missing);
    if (hint) return `${hint.slice(0, -1)} by '${name}'?`;
  }
  return undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours between two texts; `limit` or more where it is not worth counting. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      current.push(cost);
      if (cost < smallest) smallest = cost;
    }
    if (smallest >= limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}
