import { NumberText } from '../values/numbers.ts';
import type { FieldCheck, LeafSlot } from './bucket.ts';
import type { Leaf } from './leaf.ts';
import type { PathNode } from './path-node.ts';

/** Which element of which array something lies in, for every array around it. */
type Membership = ReadonlyMap<number, number>;

interface Placed {
  readonly leaf: Leaf;
  readonly membership: Membership;
}

/** Choices tried before a match is given up: no honest event comes near. */
const MAX_CHOICES = 100_000;
const NOWHERE: Membership = new Map();

/**
 * Array consistency (messaging reference §5.2): every field takes one of its leaves, and no two of them may lie in different
 * elements of one array. Fields are decided in the order of their paths, and `exists: false` among what is consistent with the fields before.
 */
export function matchesConsistently(fields: readonly FieldCheck[], root: PathNode, event: object): boolean {
  const placed = new Map<LeafSlot, Placed[]>(fields.map(({ leaves }) => [leaves, []]));
  collect(event, root, placed);
  const leaves = fields.map(({ leaves }) => placed.get(leaves)!);
  // Arrays of later fields: only these can still contradict what was chosen.
  const later: ReadonlySet<number>[] = [];
  for (let index = fields.length - 1, arrays = new Set<number>(); index >= 0; index--) {
    later[index] = arrays;
    arrays = new Set(arrays);
    for (const { membership } of leaves[index]!) for (const array of membership.keys()) arrays.add(array);
  }
  const failed = new Set<string>();
  let choices = 0;
  const decide = (index: number, soFar: Membership): boolean => {
    if (index === fields.length) return true;
    const state = `${index}:${[...soFar].sort(([a], [b]) => a - b).join(';')}`;
    if (failed.has(state) || choices > MAX_CHOICES) return false;
    const { test, acceptsAbsent } = fields[index]!;
    let isAbsent = true;
    for (const { leaf, membership } of leaves[index]!) {
      choices++;
      if (!isConsistent(soFar, membership)) continue;
      isAbsent = false;
      if (test(leaf) && decide(index + 1, joined(soFar, membership, later[index]!))) return true;
    }
    if (isAbsent && acceptsAbsent && decide(index + 1, joined(soFar, NOWHERE, later[index]!))) return true;
    failed.add(state);
    return false;
  };
  return decide(0, NOWHERE);
}

function isConsistent(soFar: Membership, membership: Membership): boolean {
  for (const [array, element] of membership) {
    const chosen = soFar.get(array);
    if (chosen !== undefined && chosen !== element) return false;
  }
  return true;
}

function joined(soFar: Membership, membership: Membership, arrays: ReadonlySet<number>): Membership {
  const all = new Map<number, number>();
  for (const [array, element] of [...soFar, ...membership]) if (arrays.has(array)) all.set(array, element);
  return all;
}

/** All leaves of some nodes, with where they lie. What lies in an array itself, not in an object or array in it, is nobody's element. */
function collect(event: object, root: PathNode, placed: ReadonlyMap<LeafSlot, Placed[]>): void {
  let arrays = 0;
  const open: { readonly value: unknown; readonly node: PathNode; readonly membership: Membership }[] = [{ value: event, node: root, membership: NOWHERE }];
  while (open.length > 0) {
    const { value, node, membership } = open.pop()!;
    if (typeof value !== 'object' || value === null || value instanceof NumberText) {
      placed.get(node.leaves)?.push({ leaf: value as Leaf, membership });
    } else if (Array.isArray(value)) {
      const array = arrays++;
      for (const [index, element] of value.entries()) {
        const isOwn = typeof element === 'object' && element !== null && !(element instanceof NumberText);
        open.push({ value: element, node, membership: isOwn ? new Map([...membership, [array, index]]) : membership });
      }
    } else if (node.children.size > 0) {
      for (const key of Object.keys(value)) {
        const child = node.at(key);
        if (child !== undefined) open.push({ value: (value as Record<string, unknown>)[key], node: child, membership });
      }
    }
  }
}
