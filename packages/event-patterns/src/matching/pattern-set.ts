import type { Alternative, Branch, EventPattern, Numbers } from '../language/pattern.ts';
import { readEventText } from '../values/event-text.ts';
import { NumberText } from '../values/numbers.ts';
import type { Bucket, FieldCheck, Rule, Sink, Target } from './bucket.ts';
import { matchesConsistently } from './consistent.ts';
import { leafTest, type Leaf, type LeafTest } from './leaf.ts';
import { PathNode } from './path-node.ts';

/** Many patterns, matched at once. */
export interface PatternSet<Id> {
  readonly size: number;
  /** Replaces the pattern that the id had. */
  add(id: Id, pattern: EventPattern): void;
  /** False where the id has no pattern. */
  delete(id: Id): boolean;
  /** The ids whose patterns match, each once, in no particular order. Anything but an object matches none. */
  match(event: unknown): readonly Id[];
  /** The same for an event's text, of which only what patterns ask for is made into values. Undefined where it is no JSON object. */
  matchText(text: string): readonly Id[] | undefined;
}

const NONE: readonly never[] = [];

/**
 * Makes an empty set. Each branch of a pattern waits at its most selective field; an event is led through the paths that patterns
 * have, and each of its leaves finds the branches that wait for it: what a match costs depends on the event and on what it finds.
 */
export function createPatternSet<Id>(options: { readonly numbers?: Numbers } = {}): PatternSet<Id> {
  return new IndexedPatternSet<Id>(options.numbers ?? 'binary64');
}

interface StoredRule<Id> extends Rule {
  readonly id: Id;
  readonly branches: StoredBranch[];
}

/** What it takes to take a branch out again. */
interface StoredBranch {
  readonly target: Target;
  readonly branch: Branch;
  readonly nodes: readonly PathNode[];
  /** Index of the field that it is found by. */
  readonly access: number;
}

class IndexedPatternSet<Id> implements PatternSet<Id>, Sink {
  readonly #numbers: Numbers;
  readonly #root: PathNode;
  readonly #rules = new Map<Id, StoredRule<Id>>();
  /** Nodes where branches wait for there being no value, and how many do. */
  readonly #absences = new Map<PathNode, number>();

  // What the match under way has come to.
  #stamp = 0;
  /** The ids told of; as many as counted. */
  readonly #matched: Id[] = [];
  #matchedCount = 0;
  /** Found by one field, to be tried on the others; as many as counted, what lies behind is of matches before. */
  readonly #candidates: Target[] = [];
  #candidateCount = 0;
  /** The event has objects or arrays in an array: fields below it may contradict each other. */
  #hasElements = false;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
    this.#root = new PathNode(numbers);
  }

  get size(): number {
    return this.#rules.size;
  }

  add(id: Id, pattern: EventPattern): void {
    if (pattern.numbers !== this.#numbers) throw new TypeError(`A pattern with ${pattern.numbers} numbers does not go into a set with ${this.#numbers} ones.`);
    this.delete(id);
    const rule: StoredRule<Id> = { id, branches: [], stamp: 0 };
    this.#rules.set(id, rule);
    for (const branch of pattern.branches) rule.branches.push(this.#addBranch(rule, branch));
  }

  delete(id: Id): boolean {
    const rule = this.#rules.get(id);
    if (rule === undefined) return false;
    this.#rules.delete(id);
    for (const stored of rule.branches) this.#deleteBranch(stored);
    return true;
  }

  match(event: unknown): readonly Id[] {
    if (typeof event !== 'object' || event === null || Array.isArray(event) || this.#rules.size === 0) return NONE;
    this.#stamp++;
    this.#matchedCount = 0;
    this.#hasElements = false;
    this.#visitObject(this.#root, event as Record<string, unknown>);
    if (this.#absences.size > 0) this.#findAbsent();
    if (this.#candidateCount > 0) this.#tryCandidates(event);
    return firstOf(this.#matched, this.#matchedCount);
  }

  matchText(text: string): readonly Id[] | undefined {
    const event = readEventText(text, this.#root);
    return event === undefined ? undefined : this.match(event);
  }

  /** @internal A leaf may match what waits in a bucket. */
  take(bucket: Bucket, leaf: Leaf): void {
    if (bucket.test === undefined || bucket.test(leaf)) this.takeUntested(bucket);
  }

  /** @internal */
  takeUntested({ found, candidates }: Bucket): void {
    for (let index = 0; index < found.length; index++) this.#tell(found[index]!);
    for (let index = 0; index < candidates.length; index++) {
      const target = candidates[index]!;
      if (target.stamp === this.#stamp) continue;
      target.stamp = this.#stamp;
      this.#candidates[this.#candidateCount++] = target;
    }
  }

  #tell(rule: Rule): void {
    if (rule.stamp === this.#stamp) return;
    rule.stamp = this.#stamp;
    this.#matched[this.#matchedCount++] = rule.id as Id;
  }

  /** What is no leaf of itself: an object, an array, or a number kept as text. */
  #visitInside(node: PathNode, value: object): void {
    if (Array.isArray(value)) this.#visitElements(node, value);
    else {
      if (node.hasChildren) this.#visitObject(node, value as Record<string, unknown>);
      if (node.users > 0 && value instanceof NumberText) this.#visitLeaf(node, value);
    }
  }

  #visitLeaf(node: PathNode, leaf: Leaf): void {
    if (node.readers > 0) node.leaves.put(leaf, this.#stamp);
    node.index.find(leaf, this);
  }

  /** Arrays in arrays count as one; they may nest deeper than the stack. */
  #visitElements(node: PathNode, elements: readonly unknown[]): void {
    const open = [elements];
    for (let list = open.pop(); list !== undefined; list = open.pop()) {
      for (let index = 0; index < list.length; index++) {
        const element = list[index];
        if (typeof element !== 'object' || element === null) {
          if (node.users > 0 && element !== undefined) this.#visitLeaf(node, element as Leaf);
          continue;
        }
        this.#hasElements = true;
        if (Array.isArray(element)) open.push(element);
        else this.#visitInside(node, element);
      }
    }
  }

  #visitObject(node: PathNode, value: Record<string, unknown>): void {
    const { probes } = node;
    if (probes !== undefined) {
      for (let index = 0; index < probes.length; index++) {
        const { key, node: child, isInherited } = probes[index]!;
        const member = value[key];
        if (member === undefined || (isInherited && !Object.hasOwn(value, key))) continue;
        if (typeof member === 'object' && member !== null) this.#visitInside(child, member);
        else this.#visitLeaf(child, member as Leaf);
      }
      return;
    }
    const { shapeKeys, shapeNodes } = node;
    let index = 0;
    for (const key in value) {
      if (key !== shapeKeys[index]) {
        this.#visitOtherShape(node, value, index);
        return;
      }
      const child = shapeNodes[index++];
      if (child === undefined) continue;
      const member = value[key];
      if (typeof member === 'object' && member !== null) this.#visitInside(child, member);
      else if (member !== undefined) this.#visitLeaf(child, member as Leaf);
    }
  }

  /** Goes on behind the first keys, which were as remembered. */
  #visitOtherShape(node: PathNode, value: Record<string, unknown>, from: number): void {
    const keys = Object.keys(value);
    for (let index = from; index < keys.length; index++) {
      const child = node.at(keys[index]!);
      const member = value[keys[index]!];
      if (child === undefined || member === undefined) continue;
      if (typeof member === 'object' && member !== null) this.#visitInside(child, member);
      else this.#visitLeaf(child, member as Leaf);
    }
    node.noteOtherShape(value);
  }

  #findAbsent(): void {
    for (const node of this.#absences.keys()) {
      if (node.leaves.stamp === this.#stamp) continue;
      for (const bucket of node.index.absent) this.take(bucket, null);
    }
  }

  #tryCandidates(event: object): void {
    const candidates = this.#candidates;
    for (let index = 0; index < this.#candidateCount; index++) {
      const target = candidates[index]!;
      const { rule } = target;
      if (rule.stamp === this.#stamp) continue;
      const isMatch = this.#hasElements && target.sharesArrays ? matchesConsistently(target.fields, this.#root, event) : matchesAll(target.others, this.#stamp);
      if (isMatch) this.#tell(rule);
    }
    this.#candidateCount = 0;
  }

  #addBranch(rule: StoredRule<Id>, branch: Branch): StoredBranch {
    const nodes = branch.map(({ path }) => this.#root.use(path));
    const access = accessOf(branch, nodes);
    const fields = branch.map(({ alternatives }, index): FieldCheck => ({
      leaves: nodes[index]!.leaves,
      test: anyOf(alternatives.map((alternative) => leafTest(alternative, this.#numbers))),
      acceptsAbsent: acceptsAbsent(alternatives),
    }));
    const target: Target = { rule, isFound: fields.length === 1, fields, others: fields.filter((_, index) => index !== access), sharesArrays: sharesKeys(branch), stamp: 0 };
    for (const alternative of branch[access]!.alternatives) nodes[access]!.index.add(alternative, target);
    const stored = { target, branch, nodes, access };
    this.#count(stored, 1);
    return stored;
  }

  #deleteBranch(stored: StoredBranch): void {
    const { target, branch, nodes, access } = stored;
    for (const alternative of branch[access]!.alternatives) nodes[access]!.index.delete(alternative, target);
    this.#count(stored, -1);
    for (const node of nodes) node.release();
  }

  /** Counts who looks at leaves, and where their absence is waited for. */
  #count({ branch, nodes, access }: StoredBranch, one: 1 | -1): void {
    for (const [index, node] of nodes.entries()) {
      const waits = index === access && acceptsAbsent(branch[index]!.alternatives);
      if (index !== access || waits) node.readers += one;
      if (!waits) continue;
      const waiting = (this.#absences.get(node) ?? 0) + one;
      if (waiting === 0) this.#absences.delete(node);
      else this.#absences.set(node, waiting);
    }
  }
}

/** A copy of a list's beginning. A few are written out, which takes a fraction of the time. */
function firstOf<T>(list: readonly T[], count: number): readonly T[] {
  if (count === 0) return NONE;
  const first = list[0]!;
  if (count === 1) return [first];
  const second = list[1]!;
  if (count === 2) return [first, second];
  const third = list[2]!;
  if (count === 3) return [first, second, third];
  return count === 4 ? [first, second, third, list[3]!] : list.slice(0, count);
}

/**
 * The field that finds the fewest. Not one that takes absence: below arrays that is judged by what the fields before it chose,
 * so only the first field can be sure to be absent at all.
 */
function accessOf(branch: Branch, nodes: readonly PathNode[]): number {
  let access = 0;
  let least = Infinity;
  for (const [index, { alternatives }] of branch.entries()) {
    if (acceptsAbsent(alternatives)) continue;
    const cost = alternatives.reduce((sum, alternative) => sum + nodes[index]!.index.costOf(alternative), 0);
    if (cost < least) {
      least = cost;
      access = index;
    }
  }
  return access;
}

function acceptsAbsent(alternatives: readonly Alternative[]): boolean {
  return alternatives.some((alternative) => alternative.type === 'exists' && !alternative.value);
}

function sharesKeys(branch: Branch): boolean {
  return new Set(branch.map(({ path }) => path.split('.', 1)[0])).size < branch.length;
}

function anyOf(tests: readonly LeafTest[]): LeafTest {
  return tests.length === 1 ? tests[0]! : (leaf) => tests.some((test) => test(leaf));
}

function matchesAll(fields: readonly FieldCheck[], stamp: number): boolean {
  for (let index = 0; index < fields.length; index++) {
    const { leaves, test, acceptsAbsent } = fields[index]!;
    if (leaves.stamp !== stamp) {
      if (!acceptsAbsent) return false;
    } else if (!test(leaves.first) && !leaves.more.some(test)) return false;
  }
  return true;
}
