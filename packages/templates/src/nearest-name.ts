const MAX_NAMES = 1_000;

/** A did-you-mean for a message (` Did you mean 'X'?`), or nothing where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const wanted = name.toLowerCase().slice(0, 100);
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names.slice(0, MAX_NAMES)) {
    const distance = editDistance(wanted, candidate.toLowerCase().slice(0, 100));
    if (distance >= least) continue;
    nearest = candidate;
    least = distance;
  }
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
