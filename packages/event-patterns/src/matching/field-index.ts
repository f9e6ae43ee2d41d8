import type { Alternative, Numbers } from '../language/pattern.ts';
import { addressBits, networkBits } from '../values/ip-address.ts';
import { HashFilter, hashOfText } from '../values/hash-filter.ts';
import { comparableDouble, comparableNumber, NumberText } from '../values/numbers.ts';
import { EVERY_MARK, markOf } from '../values/text-mark.ts';
import { Bucket, type Sink, type Target } from './bucket.ts';
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

/** So many texts have most of the marks. */
const MANY_VALUES = 32;

/** Where an alternative waits for its values, and whether finding it there leaves something to test. */
type Place =
  | { readonly type: 'value'; readonly value: string | boolean | null }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'trie'; readonly trie: TrieName; readonly key: string; readonly isTested: boolean }
  | { readonly type: 'interval'; readonly low: number; readonly high: number; readonly openLow: boolean; readonly openHigh: boolean }
  | { readonly type: 'tested'; readonly marks: number }
  | { readonly type: 'present' | 'absent' };

/** All alternatives that are waited for at one path, found by value: each kind has its index, made when first needed. */
export class FieldIndex {
  /** Waiting for no value at all. */
  readonly absent: Bucket[] = [];
  /** Tried on every leaf: they match all or nearly all, so that trying costs no more than telling. */
  readonly #anyway: Bucket[] = [];
  /** What waits in all of those, if it has been asked for since they changed. */
  #all: Bucket | undefined;
  /** Marks of the texts that some of those do not match. */
  #exceptMarks = 0;
  /** Marks of the texts among the values. */
  #valueMarks = 0;
  /** Where there are so many that most marks are among those. */
  #valueFilter: HashFilter | undefined;
  /** Marks, at least, of the texts of which more is to be said than that they match those: all, where there are tries. */
  #someMarks = 0;
  readonly #numbers: Numbers;
  readonly #buckets = new Map<string, Bucket>();
  #values: Map<Leaf, Bucket> | undefined;
  #texts: Map<string, Bucket> | undefined;
  #intervals: Intervals | undefined;
  readonly #tries: { readonly name: TrieName; readonly trie: Trie }[] = [];

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /**
   * About how many branches an event would be tried on for this alternative: the more others stand beside it, the fewer events
   * have its value.
   */
  costOf(alternative: Alternative): number {
    const bucket = this.#buckets.get(JSON.stringify(alternative));
    const waiting = bucket === undefined ? 1 : 1 + bucket.found.length + bucket.candidates.length;
    const beside = 1 + this.#buckets.size;
    switch (placeOf(alternative).type) {
      case 'value':
      case 'text':
        return waiting / beside;
      case 'trie':
        return (2 * waiting) / beside;
      case 'interval':
        // One that is no range finds as few as a value does.
        return (alternative.type === 'number' ? waiting : waiting + beside / 4 + 4) / beside;
      default:
        return Number.MAX_SAFE_INTEGER;
    }
  }

  add(alternative: Alternative, target: Target): void {
    this.#all = undefined;
    const key = JSON.stringify(alternative);
    const known = this.#buckets.get(key);
    if (known !== undefined) {
      known.add(target);
      return;
    }
    const place = placeOf(alternative);
    const isTested = place.type === 'tested' || (place.type === 'trie' && place.isTested);
    const bucket = new Bucket(isTested ? leafTest(alternative, this.#numbers) : undefined);
    bucket.add(target);
    this.#buckets.set(key, bucket);
    this.#put(bucket, place);
    this.#someMarks = this.#tries.length > 0 ? EVERY_MARK : this.#valueMarks | this.#exceptMarks;
  }

  #put(bucket: Bucket, place: Place): void {
    switch (place.type) {
      case 'value':
        (this.#values ??= new Map()).set(place.value, bucket);
        if (typeof place.value === 'string') this.#mark(place.value);
        break;
      case 'text':
        (this.#texts ??= new Map()).set(place.text, bucket);
        break;
      case 'trie':
        this.#trie(place.trie).add(place.key, bucket);
        break;
      case 'interval':
        (this.#intervals ??= new Intervals()).add({ ...place, bucket });
        break;
      case 'absent':
        this.absent.push(bucket);
        break;
      default:
        this.#anyway.push(bucket);
        if (place.type === 'tested') this.#exceptMarks |= place.marks;
    }
  }

  delete(alternative: Alternative, target: Target): void {
    this.#all = undefined;
    const key = JSON.stringify(alternative);
    const bucket = this.#buckets.get(key)!;
    bucket.delete(target);
    if (!bucket.isEmpty) return;
    this.#buckets.delete(key);
    const place = placeOf(alternative);
    switch (place.type) {
      case 'value':
        this.#values!.delete(place.value);
        if (this.#values!.size > 0) break;
        this.#values = undefined;
        this.#valueMarks = 0;
        this.#valueFilter = undefined;
        break;
      case 'text':
        this.#texts!.delete(place.text);
        if (this.#texts!.size === 0) this.#texts = undefined;
        break;
      case 'trie': {
        const trie = this.#trie(place.trie);
        trie.delete(place.key, bucket);
        if (trie.isEmpty()) this.#tries.splice(this.#tries.findIndex((entry) => entry.trie === trie), 1);
        break;
      }
      case 'interval':
        this.#intervals!.leave();
        break;
      default: {
        const list = place.type === 'absent' ? this.absent : this.#anyway;
        list.splice(list.indexOf(bucket), 1);
        if (this.#anyway.length === 0) this.#exceptMarks = 0;
      }
    }
  }

  /** Tells of every alternative that a leaf may match. What is rare stands apart: so the rest is compiled into its callers. */
  find(leaf: Leaf, sink: Sink): void {
    if (typeof leaf !== 'string') this.#findOther(leaf, sink);
    else {
      const mark = markOf(leaf);
      if ((this.#someMarks & mark) !== 0) this.#findText(leaf, mark, sink);
      else if (this.#anyway.length > 0) this.#takeAnyway(sink);
    }
  }

  #findText(leaf: string, mark: number, sink: Sink): void {
    if ((this.#valueMarks & mark) !== 0 && this.#mayBeValue(leaf)) this.#findValue(leaf, sink);
    if (this.#tries.length > 0) this.#findInTries(leaf, sink);
    if ((this.#exceptMarks & mark) !== 0) this.#tryAnyway(leaf, sink);
    else if (this.#anyway.length > 0) this.#takeAnyway(sink);
  }

  #takeAnyway(sink: Sink): void {
    sink.takeUntested((this.#all ??= unionOf(this.#anyway)));
  }

  #tryAnyway(leaf: Leaf, sink: Sink): void {
    const anyway = this.#anyway;
    for (let index = 0; index < anyway.length; index++) sink.take(anyway[index]!, leaf);
  }

  #mark(text: string): void {
    this.#valueMarks |= markOf(text);
    if (this.#values!.size < MANY_VALUES) return;
    if (this.#valueFilter === undefined || this.#valueFilter.isFull) this.#valueFilter = new HashFilter([...this.#values!.keys()].filter(isFiltered).map(hashOfText));
    else if (isFiltered(text)) this.#valueFilter.add(hashOfText(text));
  }

  #mayBeValue(text: string): boolean {
    return this.#valueFilter === undefined || !isFiltered(text) || this.#valueFilter.mayHave(hashOfText(text));
  }

  #findValue(leaf: string | boolean | null, sink: Sink): void {
    const bucket = this.#values?.get(leaf);
    if (bucket !== undefined) sink.take(bucket, leaf);
  }

  #findInTries(leaf: string, sink: Sink): void {
    const tries = this.#tries;
    for (let index = 0; index < tries.length; index++) findIn(tries[index]!, leaf, sink);
  }

  #findOther(leaf: Exclude<Leaf, string>, sink: Sink): void {
    if (typeof leaf === 'number') {
      if (this.#intervals !== undefined || this.#texts !== undefined) this.#findNumber(comparableDouble(leaf, this.#numbers), leaf, sink);
    } else if (leaf instanceof NumberText) this.#findNumber(comparableNumber(NumberText.textOf(leaf), this.#numbers), leaf, sink);
    else this.#findValue(leaf, sink);
    if (this.#anyway.length > 0) this.#tryAnyway(leaf, sink);
  }

  #findNumber(value: number | undefined, leaf: number | NumberText, sink: Sink): void {
    if (value !== undefined) {
      this.#intervals?.find(value, leaf, sink);
      return;
    }
    const bucket = this.#texts?.get(leaf instanceof NumberText ? NumberText.textOf(leaf) : String(leaf));
    if (bucket !== undefined) sink.take(bucket, leaf);
  }

  #trie(name: TrieName): Trie {
    const known = this.#tries.find((entry) => entry.name === name);
    if (known !== undefined) return known.trie;
    const trie = new Trie(ORDERS[name]);
    this.#tries.push({ name, trie });
    return trie;
  }

}

/** A text that the filter of values knows about: long enough for its hash. */
function isFiltered(leaf: Leaf): leaf is string {
  return typeof leaf === 'string' && leaf.length >= 4;
}

function unionOf(buckets: readonly Bucket[]): Bucket {
  const union = new Bucket();
  for (const { found, candidates } of buckets) {
    for (const rule of found) union.found.push(rule);
    for (const target of candidates) union.candidates.push(target);
  }
  return union;
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
      return alternative.value === undefined ? { type: 'text', text: alternative.text } : { type: 'interval', low: alternative.value, high: alternative.value, openLow: false, openHigh: false };
    case 'numeric':
      return { ...alternative, type: 'interval' };
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
      return { type: 'tested', marks: marksOfExcluded(alternative) };
    default:
      return alternative satisfies never;
  }
}

/** Marks of the texts that may not match. */
function marksOfExcluded({ of, values }: Extract<Alternative, { readonly type: 'anything-but' }>): number {
  if (of === 'number') return 0;
  return of === 'string' ? values.reduce((marks, value) => marks | markOf(value), 0) : EVERY_MARK;
}

/** By its longest piece, if a value's place for it is known; else by the longest of those between asterisks. */
function placeOfWildcard(wildcard: string): Place {
  const pieces = piecesOf(wildcard);
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (pieces.length === 1) return { type: 'value', value: first };
  if (first !== '' || last !== '') return first.length >= last.length ? inTrie('prefixes', first, true) : inTrie('suffixes', last, true);
  const inner = pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
  return inner === '' ? { type: 'tested', marks: EVERY_MARK } : inTrie('inner', inner, true);
}

function inTrie(trie: TrieName, key: string, isTested: boolean): Place {
  return { type: 'trie', trie, key, isTested };
}
