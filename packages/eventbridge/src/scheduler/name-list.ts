/** Names in order, in chunks: adding and removing move a few hundred at most, whatever there is. */
const CHUNK = 512;

export class NameList {
  private readonly chunks: string[][] = [];

  /** @param names in any order, each once */
  constructor(names: Iterable<string> = []) {
    const sorted = [...names].sort(compare);
    for (let from = 0; from < sorted.length; from += CHUNK) this.chunks.push(sorted.slice(from, from + CHUNK));
  }

  /** A name that is not in the list. */
  add(name: string): void {
    const { chunks } = this;
    if (chunks.length === 0) chunks.push([]);
    const at = this.chunkOf(name);
    const chunk = chunks[at]!;
    if (chunk.length < CHUNK) return void chunk.splice(positionIn(chunk, name), 0, name);
    // Names that come in order fill each chunk; others halve it.
    if (at === chunks.length - 1 && chunk[chunk.length - 1]! < name) return void chunks.push([name]);
    const upper = chunk.splice(CHUNK / 2);
    chunks.splice(at + 1, 0, upper);
    const into = name < upper[0]! ? chunk : upper;
    into.splice(positionIn(into, name), 0, name);
  }

  remove(name: string): void {
    const at = this.chunkOf(name);
    const chunk = this.chunks[at];
    const position = chunk ? positionIn(chunk, name) : 0;
    if (chunk?.[position] !== name) return;
    chunk.splice(position, 1);
    if (chunk.length === 0) this.chunks.splice(at, 1);
  }

  /** Names from one on, in order. */
  *from(first: string): Generator<string> {
    for (let at = this.chunkOf(first); at < this.chunks.length; at++) {
      const chunk = this.chunks[at]!;
      for (let position = positionIn(chunk, first); position < chunk.length; position++) yield chunk[position]!;
    }
  }

  /** The last chunk that begins at or before a name; the first where none does. */
  private chunkOf(name: string): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.chunks[middle]![0]! <= name) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

function positionIn(chunk: readonly string[], name: string): number {
  let low = 0;
  let high = chunk.length;
  if (high > 0 && chunk[high - 1]! < name) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (chunk[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
