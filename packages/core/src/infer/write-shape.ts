import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import type { Kind, Shape, Unknown } from './shape.ts';

/** Deeper than this is `unknown`: loops nest what they carry. */
const MAX_DEPTH = 8;
const MAX_ALTERNATIVES = 12;
/** Parts of one type: whatever is beyond is `unknown`. */
const MAX_PARTS = 5_000;

interface Budget {
  left: number;
}

/** The TypeScript type of a shape. What is read of a value from outside may have more members than are read. */
export function writeShape(shape: Shape): string {
  return write(shape, 0, { left: MAX_PARTS });
}

function write(shape: Shape, depth: number, budget: Budget): string {
  if (depth > MAX_DEPTH || budget.left-- <= 0) return 'unknown';
  switch (shape.type) {
    case 'unknown':
      return writeUnknown(shape, depth, budget);
    case 'json':
      return writeJson(shape.value, depth, budget);
    case 'kind':
      return shape.kind;
    case 'object':
      return writeMembers([...shape.members].map(([key, member]) => `${keyText(key)}: ${write(member, depth + 1, budget)}`));
    case 'over':
      return writeOver(shape, depth, budget);
    case 'list':
      return `ReadonlyArray<${write(shape.items, depth + 1, budget)}>`;
    case 'tuple':
      return `readonly [${shape.items.map((item) => write(item, depth + 1, budget)).join(', ')}]`;
    case 'union':
      return writeUnion(shape.of.map((each) => write(each, depth, budget)));
    default:
      return shape satisfies never;
  }
}

function writeUnion(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  if (distinct.includes('unknown') || distinct.length > MAX_ALTERNATIVES) return 'unknown';
  return distinct.sort().join(' | ');
}

function writeUnknown({ kinds, members, items, isLoose }: Unknown, depth: number, budget: Budget): string {
  const types: string[] = [...kinds] satisfies Kind[];
  if (members.size > 0) {
    const own = [...members].map(([key, { shape, isSure }]) => `${keyText(key)}${isSure ? '' : '?'}: ${write(shape, depth + 1, budget)}${isSure ? '' : ' | undefined'}`);
    const written = writeMembers([...own, '[more: string]: unknown']);
    types.push(written, ...(isLoose ? [`ReadonlyArray<${written}>`] : []));
  }
  if (items) types.push(`ReadonlyArray<${write(items, depth + 1, budget)}>`);
  return types.length === 0 ? 'unknown' : writeUnion(types);
}

function writeJson(value: Json, depth: number, budget: Budget): string {
  if (budget.left-- <= 0) return 'unknown';
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return value.length === 0 ? 'readonly []' : `ReadonlyArray<${writeUnion(value.map((item) => writeJson(item as Json, depth + 1, budget)))}>`;
  return writeMembers(Object.entries(value as JsonObject).map(([key, member]) => `${keyText(key)}: ${depth > MAX_DEPTH ? 'unknown' : writeJson(member!, depth + 1, budget)}`));
}

function writeOver({ below, members }: Shape & { readonly type: 'over' }, depth: number, budget: Budget): string {
  const all = new Map<string, string>();
  for (const [key, member] of membersOf(below)) all.set(key, write(member, depth + 1, budget));
  for (const [key, member] of members) all.set(key, write(member, depth + 1, budget));
  return writeMembers([...[...all].map(([key, type]) => `${keyText(key)}: ${type}`), ...(isOpen(below) ? ['[more: string]: unknown'] : [])]);
}

/** Members that are there for sure. */
function membersOf(shape: Shape): (readonly [string, Shape])[] {
  if (shape.type === 'object') return [...shape.members];
  if (shape.type === 'json' && isJsonObject(shape.value)) return Object.entries(shape.value).map(([key, value]) => [key, { type: 'json', value: value! }] as const);
  if (shape.type === 'over') return [...membersOf(shape.below), ...shape.members];
  if (shape.type === 'unknown') return [...shape.members].flatMap(([key, { shape: member, isSure }]) => (isSure ? [[key, member] as const] : []));
  return [];
}

function isOpen(shape: Shape): boolean {
  return shape.type === 'over' ? isOpen(shape.below) : shape.type !== 'object' && shape.type !== 'json';
}

function writeMembers(members: readonly string[]): string {
  return members.length === 0 ? 'Readonly<Record<string, never>>' : `{ ${members.map((member) => `readonly ${member}`).join('; ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textLiteral(key);
}

/** A text as TypeScript has it, on one line whatever is in it. */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
