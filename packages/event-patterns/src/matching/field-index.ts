import type { Alternative, Numbers } from '../language/pattern.ts';
import { addressBits, networkBits } from '../values/ip-address.ts';
import { comparableDouble, comparableNumber, NumberText } from '../values/numbers.ts';
import type { Bucket, Sink, Target } from './bucket.ts';
import { Intervals } from './intervals.ts';
import { leafTest, piecesOf, type Leaf } from './leaf.ts';
import { Trie, type TrieOrder } from './trie.ts';

type TrieName = 'prefixes' | 'suffixes' | 'foldedPrefixes' | 'foldedSuffixes' | 'inner' | 'addresses';

const ORDERS: Readonly<Record<TrieName, TrieOrder>> = {
  prefixes: { isBackward: false, isFolded: false },
  suffixes: { isBackward: true, isFolded: false },
  foldedPrefixes: { isBackward: false, isFolded: true },
  foldedSuffixes: { isBackward: true, isFolded: true },
  /** Literal pieces of wildcards that begin and end with an asterisk: looked for everywhere in a value. */
  inner: { isBackward: false, isFolded: false },
  /** Networks by their bits. */
  addresses: { isBackward: false, isFolded: false },
};

/** Where an alternative waits for its values, and whether finding it there leaves something to test. */
type Place =
  | { readonly type: 'value'; readonly value: string | number | boolean | null }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'trie'; readonly trie: TrieName; readonly key: string; readonly isTested: boolean }
  | { readonly type: 'interval'; readonly interval: Extract<Alternative, { readonly type: 'numeric' }> }
  | { readonly type: 'present' | 'absent' | 'rest' };

/** All alternatives that are waited for at one path, found by value: each kind has its index, made when first needed. */
export class FieldIndex {
  /** Waiting for no value at all. */
  readonly absent: Bucket[] = [];
  /** Waiting for any value. */
  readonly #present: Bucket[] = [];
  /** Tried one by one: they match nearly all values, so that trying costs no more than telling. */
  readonly #rest: Bucket[] = [];
  readonly #numbers: Numbers;
  readonly #buckets = new Map<string, Bucket>();
  readonly #values = new Map<Leaf, Bucket>();
  #texts: Map<string, Bucket> | undefined;
  #intervals: Intervals | undefined;
  readonly #tries: { readonly name: TrieName; readonly trie: Trie }[] = [];

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  isEmpty(): boolean {
    return this.#buckets.size === 0;
  }

  /** About how many branches a value would be tried on if this alternative found them: what finding a branch by it costs. */
  costOf(alternative: Alternative): number {
    const waiting = this.#buckets.get(JSON.stringify(alternative))?.targets.length ?? 0;
    switch (placeOf(alternative).type) {
      case 'value':
      case 'text':
        return waiting;
      case 'trie':
        return 2 * waiting + 1;
      case 'interval':
        return waiting + this.#buckets.size / 4 + 4;
      default:
        return Number.MAX_SAFE_INTEGER;
    }
  }

  add(alternative: Alternative, target: Target): void {
    const key = JSON.stringify(alternative);
    const known = this.#buckets.get(key);
    if (known !== undefined) {
      known.targets.push(target);
      return;
    }
    const place = placeOf(alternative);
    const isTested = place.type === 'rest' || (place.type === 'trie' && place.isTested);
    const bucket: Bucket = { test: isTested ? leafTest(alternative, this.#numbers) : undefined, targets: [target] };
    this.#buckets.set(key, bucket);
    switch (place.type) {
      case 'value':
        this.#values.set(place.value, bucket);
        break;
      case 'text':
        (this.#texts ??= new Map()).set(place.text, bucket);
        break;
      case 'trie':
        this.#trie(place.trie).add(place.key, bucket);
        break;
      case 'interval':
        (this.#intervals ??= new Intervals()).add({ ...place.interval, bucket });
        break;
      default:
        this.#list(place.type).push(bucket);
    }
  }

  delete(alternative: Alternative, target: Target): void {
    const key = JSON.stringify(alternative);
    const bucket = this.#buckets.get(key)!;
    bucket.targets.splice(bucket.targets.indexOf(target), 1);
    if (bucket.targets.length > 0) return;
    this.#buckets.delete(key);
    const place = placeOf(alternative);
    switch (place.type) {
      case 'value':
        this.#values.delete(place.value);
        break;
      case 'text':
        this.#texts!.delete(place.text);
        break;
      case 'trie': {
        const trie = this.#trie(place.trie);
        trie.delete(place.key, bucket);
        if (trie.isEmpty()) this.#tries.splice(this.#tries.findIndex((entry) => entry.trie === trie), 1);
        break;
      }
      case 'interval':
        this.#intervals!.delete(bucket);
        if (this.#intervals!.isEmpty()) this.#intervals = undefined;
        break;
      default: {
        const list = this.#list(place.type);
        list.splice(list.indexOf(bucket), 1);
      }
    }
  }

  /** Tells of every alternative that a leaf may match. */
  find(leaf: Leaf, sink: Sink): void {
    if (typeof leaf === 'string') {
      this.#take(this.#values.get(leaf), leaf, sink);
      const tries = this.#tries;
      for (let index = 0; index < tries.length; index++) findIn(tries[index]!, leaf, sink);
    } else if (typeof leaf === 'number' || leaf instanceof NumberText) this.#findNumber(leaf, sink);
    else this.#take(this.#values.get(leaf), leaf, sink);
    for (let index = 0; index < this.#present.length; index++) sink.take(this.#present[index]!, leaf);
    for (let index = 0; index < this.#rest.length; index++) sink.take(this.#rest[index]!, leaf);
  }

  #findNumber(leaf: number | NumberText, sink: Sink): void {
    const value = typeof leaf === 'number' ? comparableDouble(leaf, this.#numbers) : comparableNumber(leaf.text, this.#numbers);
    if (value === undefined) {
      this.#take(this.#texts?.get(typeof leaf === 'number' ? String(leaf) : leaf.text), leaf, sink);
      return;
    }
    this.#take(this.#values.get(value), leaf, sink);
    this.#intervals?.find(value, leaf, sink);
  }

  #take(bucket: Bucket | undefined, leaf: Leaf, sink: Sink): void {
    if (bucket !== undefined) sink.take(bucket, leaf);
  }

  #trie(name: TrieName): Trie {
    const known = this.#tries.find((entry) => entry.name === name);
    if (known !== undefined) return known.trie;
    const trie = new Trie(ORDERS[name]);
    this.#tries.push({ name, trie });
    return trie;
  }

  #list(type: 'present' | 'absent' | 'rest'): Bucket[] {
    return type === 'present' ? this.#present : type === 'absent' ? this.absent : this.#rest;
  }
}

function findIn({ name, trie }: { readonly name: TrieName; readonly trie: Trie }, leaf: string, sink: Sink): void {
  if (name === 'inner') {
    for (let start = 0; start < leaf.length; start++) trie.find(leaf, start, leaf, sink);
  } else if (name === 'addresses') {
    const bits = addressBits(leaf);
    if (bits !== undefined) trie.find(bits, 0, leaf, sink);
  } else trie.find(leaf, 0, leaf, sink);
}

function placeOf(alternative: Alternative): Place {
  switch (alternative.type) {
    case 'string': {
      const bits = addressBits(alternative.value);
      return bits === undefined ? { type: 'value', value: alternative.value } : inTrie('addresses', bits, false);
    }
    case 'exactly':
    case 'literal':
      return { type: 'value', value: alternative.value };
    case 'number':
      return alternative.value === undefined ? { type: 'text', text: alternative.text } : { type: 'value', value: alternative.value };
    case 'numeric':
      return { type: 'interval', interval: alternative };
    case 'exists':
      return { type: alternative.value ? 'present' : 'absent' };
    case 'prefix':
      return inTrie('prefixes', alternative.value, false);
    case 'suffix':
      return inTrie('suffixes', alternative.value, false);
    case 'equals-ignore-case':
    case 'prefix-ignore-case':
      return inTrie('foldedPrefixes', alternative.value, true);
    case 'suffix-ignore-case':
      return inTrie('foldedSuffixes', alternative.value, true);
    case 'cidr':
      return inTrie('addresses', (networkBits(alternative.value) as { readonly bits: string }).bits, false);
    case 'wildcard':
      return placeOfWildcard(alternative.value);
    case 'anything-but':
      return { type: 'rest' };
    default:
      return alternative satisfies never;
  }
}

/** By its longest piece, if a value's place for it is known; else by the longest of those between asterisks. */
function placeOfWildcard(wildcard: string): Place {
  const pieces = piecesOf(wildcard);
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (pieces.length === 1) return { type: 'value', value: first };
  if (first !== '' || last !== '') return first.length >= last.length ? inTrie('prefixes', first, true) : inTrie('suffixes', last, true);
  const inner = pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
  return inner === '' ? { type: 'rest' } : inTrie('inner', inner, true);
}

function inTrie(trie: TrieName, key: string, isTested: boolean): Place {
  return { type: 'trie', trie, key, isTested };
}
