import type { Numbers } from '../language/pattern.ts';
import { LeafSlot } from './bucket.ts';
import { FieldIndex } from './field-index.ts';

/** A key that an object is asked for. */
interface Probe {
  readonly key: string;
  readonly node: PathNode;
  /** Every object inherits something by this name. */
  readonly isInherited: boolean;
}

/** A node with more to ask for goes through the object's own keys instead. */
const FEW_PROBES = 3;
/** So many objects in a row of a shape that is not the remembered one, and it is remembered. */
const PATIENCE = 4;

/** The paths of all patterns of a set, as a tree of keys: only what is in it is visited of an event. */
export class PathNode {
  readonly index: FieldIndex;
  readonly leaves = new LeafSlot();
  readonly children = new Map<string, PathNode>();
  hasChildren = false;
  /** Branches with a field here. */
  users = 0;
  /** Those of them that look at its leaves afterwards, or at there being none. */
  readers = 0;

  /** What objects are asked for, where that is little and says all. */
  probes: readonly Probe[] | undefined = [];
  /** The keys of the remembered shape, in order, and where each leads. */
  shapeKeys: readonly string[] = [];
  shapeNodes: readonly (PathNode | undefined)[] = [];
  #otherShapes = PATIENCE;

  readonly #parent: PathNode | undefined;
  readonly #key: string;
  readonly #numbers: Numbers;

  constructor(numbers: Numbers, parent?: PathNode, key = '') {
    this.index = new FieldIndex(numbers);
    this.#numbers = numbers;
    this.#parent = parent;
    this.#key = key;
  }

  /** The node of a path below, made if there is none; counted as used. */
  use(path: string): PathNode {
    const node = path.split('.').reduce<PathNode>((parent, key) => parent.#child(key), this);
    node.users++;
    return node;
  }

  /** Takes a use back. What nobody uses any more goes. */
  release(): void {
    this.users--;
    this.#prune();
  }

  /** Where a key of an object leads; a dot in it is the same as nesting. */
  at(key: string): PathNode | undefined {
    const child = this.children.get(key);
    if (child !== undefined || !key.includes('.')) return child;
    return key.split('.').reduce<PathNode | undefined>((node, part) => node?.children.get(part), this);
  }

  /** Told of an object whose keys are not the remembered ones. */
  noteOtherShape(value: object): void {
    if (++this.#otherShapes < PATIENCE) return;
    this.#otherShapes = 0;
    this.shapeKeys = Object.keys(value);
    this.shapeNodes = this.shapeKeys.map((key) => this.at(key));
  }

  #child(key: string): PathNode {
    const known = this.children.get(key);
    if (known !== undefined) return known;
    const child = new PathNode(this.#numbers, this, key);
    this.children.set(key, child);
    this.#changed();
    return child;
  }

  #prune(): void {
    const parent = this.#parent;
    if (this.users > 0 || this.children.size > 0 || parent === undefined) return;
    parent.children.delete(this.#key);
    parent.#changed();
    parent.#prune();
  }

  /** Other keys are asked for, here and by dotted keys above. */
  #changed(): void {
    this.shapeKeys = [];
    this.shapeNodes = [];
    this.#otherShapes = PATIENCE;
    this.probes = this.children.size <= FEW_PROBES ? probesOf(this.children) : undefined;
    this.hasChildren = this.children.size > 0;
    if (this.#parent !== undefined) this.#parent.#changed();
  }
}

/** None where one of them has children: dotted keys could lead there as well. */
function probesOf(children: ReadonlyMap<string, PathNode>): Probe[] | undefined {
  const probes: Probe[] = [];
  for (const [part, node] of children) {
    if (node.hasChildren) return undefined;
    const key = asPropertyName(part);
    probes.push({ key, node, isInherited: key in Object.prototype });
  }
  return probes;
}

/** The same text as engines keep names of properties: asked for by any other, an object first has to look for that one. */
function asPropertyName(key: string): string {
  return Object.keys({ [key]: 0 })[0]!;
}
