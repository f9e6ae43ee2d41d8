import { foldCode } from '../values/ignore-case.ts';
import type { Bucket, Sink } from './bucket.ts';

/** How a trie reads keys and values: from the front or the back, each code as it is or folded. */
export interface TrieOrder {
  readonly isBackward: boolean;
  readonly isFolded: boolean;
}

/** Below this many children codes are looked for one by one. */
const FEW_CHILDREN = 8;

class Branching {
  readonly buckets: Bucket[] = [];
  #codes: number[] = [];
  #children: (Branching | Single)[] = [];
  #byCode: Map<number, Branching | Single> | undefined;

  get(code: number): Branching | Single | undefined {
    if (this.#byCode !== undefined) return this.#byCode.get(code);
    const codes = this.#codes;
    for (let index = 0; index < codes.length; index++) if (codes[index] === code) return this.#children[index];
    return undefined;
  }

  set(code: number, child: Branching | Single): void {
    const index = this.#codes.indexOf(code);
    if (this.#byCode !== undefined) this.#byCode.set(code, child);
    else if (index >= 0) this.#children[index] = child;
    else if (this.#codes.length === FEW_CHILDREN) {
      this.#byCode = new Map(this.#codes.map((known, at) => [known, this.#children[at]!]));
      this.#byCode.set(code, child);
      this.#codes = [];
      this.#children = [];
    } else {
      this.#codes.push(code);
      this.#children.push(child);
    }
  }

  delete(code: number): void {
    if (this.#byCode !== undefined) {
      this.#byCode.delete(code);
      return;
    }
    const index = this.#codes.indexOf(code);
    this.#codes.splice(index, 1);
    this.#children.splice(index, 1);
  }

  isEmpty(): boolean {
    return this.buckets.length === 0 && this.#codes.length === 0 && (this.#byCode === undefined || this.#byCode.size === 0);
  }
}

/** A key with no other beside it, kept whole: most of a trie is such ends. */
class Single {
  readonly buckets: Bucket[];
  readonly key: readonly number[];
  constructor(key: readonly number[], bucket: Bucket) {
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

  add(text: string, bucket: Bucket): void {
    const key = this.#keyOf(text);
    let node = this.#root;
    for (let depth = 0; depth < key.length; depth++) {
      const child = node.get(key[depth]!);
      if (child === undefined) {
        node.set(key[depth]!, new Single(key, bucket));
        return;
      }
      if (child instanceof Branching) {
        node = child;
        continue;
      }
      if (isSameKey(child.key, key)) {
        child.buckets.push(bucket);
        return;
      }
      node = split(node, child, depth);
    }
    node.buckets.push(bucket);
  }

  delete(text: string, bucket: Bucket): void {
    const key = this.#keyOf(text);
    const way: Branching[] = [this.#root];
    let at: Branching | Single = this.#root;
    for (const code of key) {
      at = (at as Branching).get(code)!;
      if (at instanceof Single) break;
      way.push(at);
    }
    at.buckets.splice(at.buckets.indexOf(bucket), 1);
    if (at instanceof Single) {
      if (at.buckets.length > 0) return;
      way.at(-1)!.delete(key[way.length - 1]!);
    }
    for (let depth = way.length - 1; depth > 0 && way[depth]!.isEmpty(); depth--) way[depth - 1]!.delete(key[depth - 1]!);
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
        if ((isFolded ? foldCode(next) : next) !== key[depth]) return;
      }
      for (let index = 0; index < buckets.length; index++) sink.take(buckets[index]!, leaf);
      return;
    }
  }

  #keyOf(text: string): number[] {
    const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    if (this.#order.isBackward) codes.reverse();
    return this.#order.isFolded ? codes.map(foldCode) : codes;
  }
}

/** Puts a branching node where a single end was. */
function split(node: Branching, single: Single, depth: number): Branching {
  const branching = new Branching();
  node.set(single.key[depth]!, branching);
  if (single.key.length === depth + 1) branching.buckets.push(...single.buckets);
  else branching.set(single.key[depth + 1]!, single);
  return branching;
}

function isSameKey(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((code, index) => code === b[index]);
}
