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

/** Finds all keys that a text begins with (or ends with), in steps of at most the longest of them. */
export class Trie {
  readonly #root = new Branching();
  readonly #order: TrieOrder;

  constructor(order: TrieOrder) {
    this.#order = order;
  }

  isEmpty(): boolean {
    return this.#root.isEmpty();
  }

  add(key: string, bucket: Bucket): void {
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
