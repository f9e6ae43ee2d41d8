import { HashFilter, hashOf } from '../values/hash-filter.ts';
import { foldCode } from '../values/ignore-case.ts';
import type { Bucket, Sink } from './bucket.ts';

/** How a trie reads keys and values: from the front or the back, each code as it is or folded. */
export interface TrieOrder {
  readonly isBackward: boolean;
  readonly isFolded: boolean;
}

/** Codes between the lowest and the highest of a node that are kept in a list; what lies wider apart goes into a map. */
const MAX_SPAN = 128;

class Branching {
  readonly buckets: Bucket[] = [];
  /** The code of the first child in the list. */
  #first = 0;
  #list: (Branching | Single | undefined)[] = [];
  #map: Map<number, Branching | Single> | undefined;
  #size = 0;

  get(code: number): Branching | Single | undefined {
    if (this.#map !== undefined) return this.#map.get(code);
    const index = code - this.#first;
    return index >= 0 && index < this.#list.length ? this.#list[index] : undefined;
  }

  set(code: number, child: Branching | Single): void {
    if (this.get(code) === undefined) this.#size++;
    if (this.#map === undefined) this.#reach(code);
    if (this.#map === undefined) this.#list[code - this.#first] = child;
    else this.#map.set(code, child);
  }

  delete(code: number): void {
    this.#size--;
    if (this.#map === undefined) this.#list[code - this.#first] = undefined;
    else this.#map.delete(code);
  }

  isEmpty(): boolean {
    return this.buckets.length === 0 && this.#size === 0;
  }

  children(): (readonly [code: number, child: Branching | Single])[] {
    if (this.#map !== undefined) return [...this.#map];
    return this.#list.flatMap((child, index) => (child === undefined ? [] : [[this.#first + index, child] as const]));
  }

  /** Makes the list reach to a code, or a map of it. */
  #reach(code: number): void {
    const list = this.#list;
    if (list.length === 0) this.#first = code;
    const first = Math.min(this.#first, code);
    const end = Math.max(this.#first + list.length, code + 1);
    if (end - first > MAX_SPAN) {
      this.#map = new Map(list.flatMap((child, index) => (child === undefined ? [] : [[this.#first + index, child]])));
      this.#list = [];
    } else if (end - first > list.length) {
      this.#list = Array.from({ length: end - first }, (_, index) => list[first + index - this.#first]);
      this.#first = first;
    }
  }
}

/** A key with no other beside it, kept whole: most of a trie is such ends. */
class Single {
  readonly buckets: Bucket[];
  readonly key: string;
  constructor(key: string, bucket: Bucket) {
    this.key = key;
    this.buckets = [bucket];
  }
}

/** So many keys are worth a filter by the codes they begin with, if all have enough of those. */
const MANY_KEYS = 32;
const FEWEST_CODES = 3;
const MOST_CODES = 8;

/** Finds all keys that a text begins with (or ends with), in steps of at most the longest of them. */
export class Trie {
  readonly #root = new Branching();
  readonly #order: TrieOrder;
  /** Of the codes that keys begin with, of which each key has as many. */
  #filter: HashFilter | undefined;
  #filteredCodes = 0;
  #size = 0;
  /** Keys added since a filter was last made or found to be of no use. */
  #added = 0;

  constructor(order: TrieOrder) {
    this.#order = order;
  }

  isEmpty(): boolean {
    return this.#root.isEmpty();
  }

  add(key: string, bucket: Bucket): void {
    this.#insert(key, bucket);
    this.#size++;
    this.#added++;
    if (this.#filter !== undefined && !this.#filter.isFull && key.length >= this.#filteredCodes) {
      this.#filter.add(this.#hashAt(key, this.#order.isBackward ? key.length - 1 : 0));
      return;
    }
    this.#filter = undefined;
    if (this.#added >= MANY_KEYS && this.#added >= this.#size / 2) this.#makeFilter();
  }

  #insert(key: string, bucket: Bucket): void {
    let node = this.#root;
    for (let depth = 0; depth < key.length; depth++) {
      const code = this.#codeOf(key, depth);
      const child = node.get(code);
      if (child === undefined) {
        node.set(code, new Single(key, bucket));
        return;
      }
      if (child instanceof Branching) {
        node = child;
        continue;
      }
      if (this.#isSame(child.key, key)) {
        child.buckets.push(bucket);
        return;
      }
      node = this.#split(node, child, depth);
    }
    node.buckets.push(bucket);
  }

  delete(key: string, bucket: Bucket): void {
    this.#size--;
    const way: Branching[] = [this.#root];
    let at: Branching | Single = this.#root;
    for (let depth = 0; depth < key.length && at instanceof Branching; depth++) {
      at = at.get(this.#codeOf(key, depth))!;
      if (at instanceof Branching) way.push(at);
    }
    at.buckets.splice(at.buckets.indexOf(bucket), 1);
    if (at instanceof Single) {
      if (at.buckets.length > 0) return;
      way.at(-1)!.delete(this.#codeOf(key, way.length - 1));
    }
    for (let depth = way.length - 1; depth > 0 && way[depth]!.isEmpty(); depth--) way[depth - 1]!.delete(this.#codeOf(key, depth - 1));
  }

  /** Tells of every key that `text` has at `start`; backward, that it has before its end. The buckets are told of `leaf`. */
  find(text: string, start: number, leaf: string, sink: Sink): void {
    const { isBackward, isFolded } = this.#order;
    const length = text.length - start;
    const step = isBackward ? -1 : 1;
    let at = isBackward ? text.length - 1 : start;
    if (this.#filter !== undefined && (length < this.#filteredCodes || !this.#filter.mayHave(this.#hashAt(text, at)))) return;
    let node = this.#root;
    for (let depth = 0; ; depth++, at += step) {
      for (let index = 0; index < node.buckets.length; index++) sink.take(node.buckets[index]!, leaf);
      if (depth === length) return;
      const code = text.charCodeAt(at);
      const child = node.get(isFolded ? foldCode(code) : code);
      if (child === undefined) return;
      if (child instanceof Branching) {
        node = child;
        continue;
      }
      const { key, buckets } = child;
      if (key.length > length) return;
      for (depth++, at += step; depth < key.length; depth++, at += step) {
        const next = text.charCodeAt(at);
        if ((isFolded ? foldCode(next) : next) !== this.#codeOf(key, depth)) return;
      }
      for (let index = 0; index < buckets.length; index++) sink.take(buckets[index]!, leaf);
      return;
    }
  }

  /** Of the first codes that a text has in this order, from an index on. */
  #hashAt(text: string, at: number): number {
    const { isBackward, isFolded } = this.#order;
    return hashOfCodes(text, at, isBackward ? -1 : 1, isFolded, this.#filteredCodes);
  }

  #makeFilter(): void {
    this.#added = 0;
    const beginnings = beginningsIn(this.#root, '', (key) => Array.from({ length: Math.min(key.length, MOST_CODES) }, (_, depth) => String.fromCharCode(this.#codeOf(key, depth))).join(''));
    this.#filteredCodes = beginnings.reduce((least, { length }) => Math.min(least, length), MOST_CODES);
    if (this.#filteredCodes < FEWEST_CODES) return;
    this.#filter = new HashFilter(beginnings.map((beginning) => hashOfCodes(beginning, 0, 1, false, this.#filteredCodes)));
  }

  /** What a key has at a depth, in the order of this trie. */
  #codeOf(key: string, depth: number): number {
    const code = key.charCodeAt(this.#order.isBackward ? key.length - 1 - depth : depth);
    return this.#order.isFolded ? foldCode(code) : code;
  }

  #isSame(a: string, b: string): boolean {
    if (a.length !== b.length || !this.#order.isFolded) return a === b;
    for (let depth = 0; depth < a.length; depth++) if (this.#codeOf(a, depth) !== this.#codeOf(b, depth)) return false;
    return true;
  }

  /** Puts a branching node where a single end was. */
  #split(node: Branching, single: Single, depth: number): Branching {
    const branching = new Branching();
    node.set(this.#codeOf(single.key, depth), branching);
    if (single.key.length === depth + 1) branching.buckets.push(...single.buckets);
    else branching.set(this.#codeOf(single.key, depth + 1), single);
    return branching;
  }
}

/** What the keys of a node begin with, as the trie reads them; of longer ones only as much as a filter takes. */
function beginningsIn(node: Branching | Single, soFar: string, beginningOf: (key: string) => string): string[] {
  if (node instanceof Single) return [beginningOf(node.key)];
  if (soFar.length === MOST_CODES) return [soFar];
  const within = node.children().flatMap(([code, child]) => beginningsIn(child, soFar + String.fromCharCode(code), beginningOf));
  return node.buckets.length > 0 ? [soFar, ...within] : within;
}

/** By six of the codes at most: the first three, the last two and the middle one. */
function hashOfCodes(text: string, at: number, step: 1 | -1, isFolded: boolean, length: number): number {
  const code = (index: number): number => {
    const unit = text.charCodeAt(at + step * index);
    return isFolded ? foldCode(unit) : unit;
  };
  return hashOf(code(0) | (code(1) << 8) | (code(2) << 16), code(length - 1) | (code(length - 2) << 8) | (code(length >> 1) << 16));
}
