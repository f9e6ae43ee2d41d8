import { childrenOf, type Node } from './ast.ts';

/** The names one lambda, block or tuple binds, at compile time; mirrors the chain of frames at run time. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly slots: ReadonlyMap<string, number>;
  /** Slots below this are parameters, always bound; the others are unbound until their `:=` runs. */
  readonly parameters: number;
  /** The frame holds a tuple: any name may be in it. */
  readonly tuple: boolean;
}

export function tupleScope(parent: Scope): Scope {
  return { parent, slots: new Map(), parameters: 0, tuple: true };
}

/** A scope with the given parameters and every name that `:=` binds directly in the nodes. */
export function slotScope(parent: Scope | undefined, parameters: readonly string[], nodes: readonly Node[]): Scope {
  const slots = new Map<string, number>();
  for (const name of parameters) if (!slots.has(name)) slots.set(name, slots.size);
  const bound = slots.size;
  for (const node of nodes) collectBinds(node, slots);
  return { parent, slots, parameters: bound, tuple: false };
}

// Blocks and lambdas bind in frames of their own.
function collectBinds(node: Node, slots: Map<string, number>): void {
  if (node.type === 'bind') {
    const name = String((node.lhs as Node).value);
    if (!slots.has(name)) slots.set(name, slots.size);
  }
  for (const child of childrenOf(node)) {
    if (child.type === 'block') collectStages(child, slots);
    else if (child.type !== 'lambda' || child.thunk === true) collectBinds(child, slots);
  }
}

// What stands behind a block, its predicates and grouping, is outside its frame.
function collectStages(block: Node, slots: Map<string, number>): void {
  const { expressions: _inside, ...outside } = block;
  collectBinds(outside, slots);
}

/** Where a name may be found, innermost first; a miss in the last place means a free variable. */
export interface Place {
  readonly hops: number;
  /** The slot, or undefined for a frame that holds a tuple. */
  readonly slot: number | undefined;
  /** Always bound: the search ends here. */
  readonly certain: boolean;
}

export function placesOf(name: string, scope: Scope): Place[] {
  const places: Place[] = [];
  let hops = 0;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent, hops++) {
    if (at.tuple) {
      places.push({ hops, slot: undefined, certain: false });
      continue;
    }
    const slot = at.slots.get(name);
    if (slot === undefined) continue;
    const certain = slot < at.parameters;
    places.push({ hops, slot, certain });
    if (certain) break;
  }
  return places;
}
