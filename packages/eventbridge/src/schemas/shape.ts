import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';

/** What was seen at one place of many events, as JSON: the types of its values and, below objects and arrays, more of it. */
export interface Shape {
  /** In alphabetical order. */
  readonly types: readonly ValueType[];
  /** Every text seen was a date and time. */
  readonly isTime?: true;
  readonly properties?: Readonly<Record<string, Shape>>;
  /** Properties that every object seen had, in alphabetical order. */
  readonly required?: readonly string[];
  /** There were more properties than are remembered. */
  readonly isOpen?: true;
  /** Of all elements together; absent where there was none. */
  readonly items?: Shape;
}

export type ValueType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/** Deeper than AWS looks. */
const MAX_DEPTH = 255;
/** Objects with keys made of data have no end of them. */
const MAX_PROPERTIES = 500;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

export function shapeOf(value: Json, depth = 0): Shape {
  if (value === null) return { types: ['null'] };
  switch (typeof value) {
    case 'string':
      return DATE_TIME.test(value) ? { types: ['string'], isTime: true } : { types: ['string'] };
    case 'number':
      return { types: [Number.isInteger(value) ? 'integer' : 'number'] };
    case 'boolean':
      return { types: ['boolean'] };
  }
  if (depth >= MAX_DEPTH) return { types: [Array.isArray(value) ? 'array' : 'object'] };
  if (!isJsonObject(value)) {
    const items = (value as readonly Json[]).map((item) => shapeOf(item, depth + 1));
    return items.length === 0 ? { types: ['array'] } : { types: ['array'], items: items.reduce(mergedShape) };
  }
  const names = Object.keys(value).sort();
  const properties: Record<string, Shape> = {};
  const kept = names.slice(0, MAX_PROPERTIES);
  for (const name of kept) setShape(properties, name, shapeOf(value[name]!, depth + 1));
  return { types: ['object'], properties, required: kept, ...(names.length > MAX_PROPERTIES && { isOpen: true }) };
}

/** What both were seen to be. */
export function mergedShape(a: Shape, b: Shape): Shape {
  const types = mergedTypes(a.types, b.types);
  const isTime = (a.isTime ?? !a.types.includes('string')) && (b.isTime ?? !b.types.includes('string')) && types.includes('string');
  const items = a.items && b.items ? mergedShape(a.items, b.items) : (a.items ?? b.items);
  return { types, ...(isTime && { isTime: true }), ...mergedProperties(a, b), ...(items && { items }) };
}

function mergedTypes(a: readonly ValueType[], b: readonly ValueType[]): readonly ValueType[] {
  const all = new Set([...a, ...b]);
  // A whole number is a number.
  if (all.has('number')) all.delete('integer');
  return [...all].sort();
}

function mergedProperties(a: Shape, b: Shape): Pick<Shape, 'properties' | 'required' | 'isOpen'> {
  if (!a.properties || !b.properties) {
    const { properties, required, isOpen } = a.properties ? a : b;
    return properties ? { properties, ...(required && { required }), ...(isOpen && { isOpen }) } : {};
  }
  const names = [...new Set([...Object.keys(a.properties), ...Object.keys(b.properties)])].sort();
  const properties: Record<string, Shape> = {};
  for (const name of names.slice(0, MAX_PROPERTIES)) {
    const [left, right] = [own(a.properties, name), own(b.properties, name)];
    setShape(properties, name, left && right ? mergedShape(left, right) : (left ?? right)!);
  }
  const others = new Set(b.required);
  const isOpen = a.isOpen || b.isOpen || names.length > MAX_PROPERTIES;
  return { properties, required: (a.required ?? []).filter((name) => others.has(name)), ...(isOpen && { isOpen: true }) };
}

function setShape(properties: Record<string, Shape>, name: string, shape: Shape): void {
  setJsonKey(properties as unknown as Record<string, Json>, name, shape as unknown as Json);
}

function own(properties: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
