import type { Json, JsonObject } from '@interstate/kernel';

export type Kind = 'string' | 'number' | 'boolean' | 'null';

/** What is known of a value from outside, by what has been read of it. */
export interface Unknown {
  readonly type: 'unknown';
  readonly kinds: Set<Kind>;
  /** Members that were read; `isSure` where everything that gets so far reads them. */
  readonly members: Map<string, { readonly shape: Unknown; isSure: boolean }>;
  items: Unknown | undefined;
  /** JSONata reads members of each item as of the one: it may be a list of what it is. */
  isLoose: boolean;
}

/** What a definition says of a value: what it made itself, and what it was given. */
export type Shape =
  | Unknown
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'kind'; readonly kind: Kind }
  | { readonly type: 'object'; readonly members: ReadonlyMap<string, Shape> }
  /** Something with members put over its own: what ResultPath leaves. */
  | { readonly type: 'over'; readonly below: Shape; readonly members: ReadonlyMap<string, Shape> }
  | { readonly type: 'list'; readonly items: Shape }
  | { readonly type: 'tuple'; readonly items: readonly Shape[] }
  | { readonly type: 'union'; readonly of: readonly Shape[] };

export function unknown(): Unknown {
  return { type: 'unknown', kinds: new Set(), members: new Map(), items: undefined, isLoose: false };
}

export function kind(of: Kind): Shape {
  return { type: 'kind', kind: of };
}

export function union(of: readonly Shape[]): Shape {
  const distinct = [...new Set(of)];
  return distinct.length === 1 ? distinct[0]! : { type: 'union', of: distinct };
}

/** A member, noted as read where the value comes from outside. */
export function readMember(shape: Shape, key: string, isSure: boolean): Shape {
  switch (shape.type) {
    case 'unknown': {
      const known = shape.members.get(key);
      if (known) {
        known.isSure ||= isSure;
        return known.shape;
      }
      const member = { shape: unknown(), isSure };
      shape.members.set(key, member);
      return member.shape;
    }
    case 'json': {
      const value = (shape.value as JsonObject | null)?.[key];
      return value === undefined || !Object.hasOwn(shape.value as JsonObject, key) ? unknown() : { type: 'json', value };
    }
    case 'object':
      return shape.members.get(key) ?? unknown();
    case 'over': {
      let at: Shape = shape;
      for (; at.type === 'over'; at = at.below) {
        const own = at.members.get(key);
        if (own) return own;
      }
      return readMember(at, key, isSure);
    }
    case 'union':
      return union(shape.of.map((each) => readMember(each, key, isSure)));
    default:
      return unknown();
  }
}

/** The items of a list, noted as one where the value comes from outside. */
export function readItems(shape: Shape): Shape {
  switch (shape.type) {
    case 'unknown':
      return (shape.items ??= unknown());
    case 'list':
      return shape.items;
    case 'tuple':
      return shape.items.length > 0 ? union(shape.items) : unknown();
    case 'json':
      return Array.isArray(shape.value) && shape.value.length > 0 ? union((shape.value as readonly Json[]).map((value) => ({ type: 'json', value }))) : unknown();
    case 'over':
      return unknown();
    case 'union':
      return union(shape.of.map(readItems));
    default:
      return unknown();
  }
}

/** Notes that a value from outside is compared with, or used as, one of a kind. */
export function noteKind(shape: Shape, of: Kind): void {
  if (shape.type === 'unknown') shape.kinds.add(of);
  else if (shape.type === 'union') for (const each of shape.of) noteKind(each, of);
}

const MAX_MERGED = 64;

/** Notes that a value from outside may be a list of what is read of it. */
export function noteLoose(shape: Shape): void {
  if (shape.type === 'unknown') shape.isLoose = true;
  else if (shape.type === 'union') for (const each of shape.of) noteLoose(each);
}

/** What a Reference Path leaves of a value with a result put into it. */
export function putAt(below: Shape, keys: readonly (string | number)[], value: Shape): Shape {
  const [first, ...rest] = keys;
  if (first === undefined) return value;
  if (typeof first === 'number') return below;
  const inner = rest.length === 0 ? value : putAt(readOver(below, first), rest, value);
  // One after another would nest without end.
  if (below.type === 'over' && below.members.size < MAX_MERGED) return { ...below, members: new Map([...below.members, [first, inner]]) };
  return { type: 'over', below, members: new Map([[first, inner]]) };
}

/** A member that is written into: reading it asks nothing of whoever gives the value. */
function readOver(shape: Shape, key: string): Shape {
  if (shape.type === 'unknown') return shape.members.get(key)?.shape ?? unknown();
  return readMember(shape, key, false);
}
