// Longer names are no slip of the pen, and the work is quadratic.
const MAX_LENGTH = 80;
const MAX_NAMES = 1_000;

/**
 * The name that `name` was probably meant to be: the nearest within a third of its length in edits (insertions, deletions,
 * replacements, swaps of neighbours; case does not count). Undefined where none is near, or the name is among the known.
 */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const wanted = name.toLowerCase();
  let least = Math.floor(name.length / 3) + 1;
  let best: string | undefined;
  let looked = 0;
  for (const candidate of known) {
    if (candidate === name) return undefined;
    if (++looked > MAX_NAMES || Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/** `limit` or more where it is not worth counting. */
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
