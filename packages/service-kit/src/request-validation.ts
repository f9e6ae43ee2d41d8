import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/** What a request member must look like. Bounds are inclusive; lengths count UTF-16 units of a string, members of a list or map. */
export type Shape =
  | { readonly type: 'string'; readonly min?: number; readonly max?: number; readonly pattern?: RegExp; readonly enum?: readonly string[] }
  | { readonly type: 'integer' | 'number'; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean' | 'json' }
  | { readonly type: 'list'; readonly member: Shape; readonly min?: number; readonly max?: number }
  | { readonly type: 'map'; readonly value: Shape; readonly min?: number; readonly max?: number }
  | StructureShape;

/** `name` is the structure's name in AWS's texts. */
export interface StructureShape {
  readonly type: 'structure';
  readonly name?: string;
  readonly members: Readonly<Record<string, Shape & { readonly required?: true }>>;
}

/** Why a request is refused: code and message as AWS gives them. */
export interface RequestFault {
  readonly code: 'ValidationException' | 'SerializationException';
  readonly message: string;
}

/**
 * Holds a request against its shape; `undefined` where all is well. Members that the shape does not name are ignored, as AWS does.
 * A value of the wrong type is a `SerializationException`; everything else is gathered into one `ValidationException`:
 * `2 validation errors detected: Value '…' at '…' failed to satisfy constraint: …; Value …`.
 */
export function validateRequest(shape: StructureShape, request: Json): RequestFault | undefined {
  const faults: string[] = [];
  const mistyped = visit(shape, request, '', faults, 0);
  if (mistyped !== undefined) return { code: 'SerializationException', message: mistyped };
  if (faults.length === 0) return undefined;
  const heading = faults.length === 1 ? '1 validation error detected' : `${faults.length} validation errors detected`;
  return { code: 'ValidationException', message: `${heading}: ${faults.join('; ')}` };
}

// Deeper than any AWS request shape; a recursive shape must end somewhere.
const MAX_DEPTH = 64;

/** Adds faults of constraints; returns the text for a value of the wrong type. */
function visit(shape: Shape, value: Json, path: string, faults: string[], depth: number): string | undefined {
  if (shape.type === 'json') return undefined;
  const mistyped = typeFault(shape, value);
  if (mistyped !== undefined) return mistyped;
  if (depth > MAX_DEPTH) return 'Request is nested too deeply';
  const refuse = (constraint: string): void => {
    faults.push(`Value ${show(shape, value)} at '${path}' failed to satisfy constraint: ${constraint}`);
  };
  switch (shape.type) {
    case 'string': {
      const text = value as string;
      checkLength(text.length, shape, refuse);
      if (shape.pattern !== undefined && !shape.pattern.test(text)) refuse(`Member must satisfy regular expression pattern: ${shape.pattern.source}`);
      if (shape.enum !== undefined && !shape.enum.includes(text)) refuse(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`);
      return undefined;
    }
    case 'integer':
    case 'number':
      if (shape.max !== undefined && (value as number) > shape.max) refuse(`Member must have value less than or equal to ${shape.max}`);
      if (shape.min !== undefined && (value as number) < shape.min) refuse(`Member must have value greater than or equal to ${shape.min}`);
      return undefined;
    case 'boolean':
      return undefined;
    case 'list': {
      const items = value as readonly Json[];
      checkLength(items.length, shape, refuse);
      return first(items, (item, index) => visit(shape.member, item, `${path}.${index + 1}.member`, faults, depth + 1));
    }
    case 'map': {
      const entries = Object.entries(value as JsonObject);
      checkLength(entries.length, shape, refuse);
      return first(entries, ([key, item]) => visit(shape.value, item, `${path}.${key}.member`, faults, depth + 1));
    }
    case 'structure':
      return first(Object.entries(shape.members), ([name, member]) => {
        const at = path === '' ? name : `${path}.${name}`;
        const given = Object.hasOwn(value as JsonObject, name) ? (value as JsonObject)[name]! : null;
        if (given !== null) return visit(member, given, at, faults, depth + 1);
        if (member.required) faults.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
        return undefined;
      });
  }
}

function checkLength(length: number, bounds: { readonly min?: number; readonly max?: number }, refuse: (constraint: string) => void): void {
  if (bounds.max !== undefined && length > bounds.max) refuse(`Member must have length less than or equal to ${bounds.max}`);
  if (bounds.min !== undefined && length < bounds.min) refuse(`Member must have length greater than or equal to ${bounds.min}`);
}

function typeFault(shape: Shape, value: Json): string | undefined {
  const isText = shape.type === 'string' || shape.type === 'integer' || shape.type === 'number' || shape.type === 'boolean';
  if (Array.isArray(value)) return shape.type === 'list' ? undefined : 'Start of list found where not expected';
  if (isJsonObject(value)) return shape.type === 'map' || shape.type === 'structure' ? undefined : 'Start of structure or map found where not expected';
  if (!isText) return `Unexpected field type`;
  const expected = { string: 'a String', integer: 'an Integer', number: 'a Float', boolean: 'a Boolean' }[shape.type];
  if (value === null) return `NULL_VALUE can not be converted to ${expected}`;
  if (typeof value === 'string') return shape.type === 'string' ? undefined : `STRING_VALUE can not be converted to ${expected}`;
  if (typeof value === 'boolean') return shape.type === 'boolean' ? undefined : `${value ? 'TRUE' : 'FALSE'}_VALUE can not be converted to ${expected}`;
  if (shape.type === 'number' || (shape.type === 'integer' && Number.isInteger(value))) return undefined;
  return shape.type === 'integer' ? 'DECIMAL_VALUE can not be converted to an Integer' : `NUMBER_VALUE can not be converted to ${expected}`;
}

/** A value as AWS prints it: `'text'`, `'[a, b]'`, `'[Name(key=value)]'`. */
function show(shape: Shape, value: Json): string {
  return `'${print(shape, value, 0)}'`;
}

function print(shape: Shape, value: Json, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  if (Array.isArray(value)) {
    const member: Shape = shape.type === 'list' ? shape.member : { type: 'json' };
    return `[${(value as readonly Json[]).map((item) => print(member, item, depth + 1)).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    const members = shape.type === 'structure' ? shape.members : undefined;
    const name = shape.type === 'structure' ? (shape.name ?? '') : '';
    const fields = Object.keys(value).map((key) => {
      const member = members !== undefined && Object.hasOwn(members, key) ? members[key]! : ({ type: 'json' } as const);
      return `${key}=${print(member, value[key]!, depth + 1)}`;
    });
    return members === undefined ? `{${fields.join(', ')}}` : `${name}(${fields.join(', ')})`;
  }
  return String(value);
}

function first<T>(items: readonly T[], check: (item: T, index: number) => string | undefined): string | undefined {
  for (let index = 0; index < items.length; index++) {
    const found = check(items[index]!, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
