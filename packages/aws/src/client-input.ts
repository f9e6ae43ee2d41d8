import { camelName, mistypedField } from '@interstate/service-kit';
import { isJsonObject, setJsonKey, type Json } from '@interstate/kernel';
import { FREE_FORM, type ClientMember, type ClientSchema } from './client-schema.ts';

// Deeper than any AWS request; a recursive shape must end somewhere.
const MAX_DEPTH = 200;

/**
 * What a Task gives, as the client takes it: member names in the client's casing, times as `Date`, blobs as bytes, and JSON text
 * where a string is wanted but an object is given. Keys of maps and documents stay as they are.
 * @param faults gets a text for each part that the client cannot be given.
 */
export function toClientInput(schema: ClientSchema, parameters: Json, faults: string[]): object {
  return isJsonObject(parameters) ? (convert(schema, parameters, '', faults, 0) as object) : {};
}

/** The same for a client without description, whose members begin with a small letter. */
export function toCamelInput(parameters: Json, depth = 0): Json {
  if (depth > MAX_DEPTH || typeof parameters !== 'object' || parameters === null) return parameters;
  if (Array.isArray(parameters)) return (parameters as readonly Json[]).map((item) => toCamelInput(item, depth + 1));
  const converted: Record<string, Json> = {};
  for (const [key, value] of Object.entries(parameters)) setJsonKey(converted, camelName(key), FREE_FORM.has(key) ? value : toCamelInput(value, depth + 1));
  return converted;
}

function convert(schema: ClientSchema, value: Json, path: string, faults: string[], depth: number): unknown {
  if (value === null) return undefined;
  if (depth > MAX_DEPTH) {
    faults.push(`The value of the field '${path}' is nested too deeply`);
    return undefined;
  }
  switch (schema.type) {
    case 'structure':
      return convertStructure(schema.members, value, path, faults, depth);
    case 'list':
      if (!Array.isArray(value)) return value;
      return (value as readonly Json[]).map((item, index) => convert(schema.value(), item, `${path}[${index}]`, faults, depth + 1));
    case 'map': {
      if (!isJsonObject(value)) return value;
      const converted: Record<string, Json> = {};
      // The value is no JSON any more, but the key must be set with the same care.
      for (const [key, item] of Object.entries(value)) setJsonKey(converted, key, convert(schema.value(), item, path === '' ? key : `${path}.${key}`, faults, depth + 1) as Json);
      return converted;
    }
    case 'string':
      if (typeof value === 'string') return value;
      if (typeof value === 'object') return jsonText(value, path, faults);
      faults.push(mistypedField(path.split('.').at(-1)!, 'STRING'));
      return undefined;
    case 'timestamp':
      return toDate(value, path, faults);
    case 'stream':
      return jsonText(value, path, faults);
    case 'blob':
      return new TextEncoder().encode(typeof value === 'string' ? value : jsonText(value, path, faults));
    case 'bigInteger':
      return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
    case 'number':
    case 'boolean':
    case 'document':
    case 'unknown':
      return value;
  }
}

function convertStructure(members: ReadonlyMap<string, ClientMember>, value: Json, path: string, faults: string[], depth: number): unknown {
  if (!isJsonObject(value)) return value;
  const converted: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const member = members.get(key.toLowerCase());
    if (member === undefined) faults.push(`The field '${key}' is not supported by Step Functions`);
    else {
      const inner = convert(member.schema(), item, path === '' ? key : `${path}.${key}`, faults, depth + 1);
      if (inner !== undefined) converted[member.name] = inner;
    }
  }
  return converted;
}

function toDate(value: Json, path: string, faults: string[]): Date | undefined {
  // Numbers are epoch seconds, as on the wire.
  const date = typeof value === 'number' ? new Date(value * 1000) : typeof value === 'string' ? new Date(value) : undefined;
  if (date !== undefined && !Number.isNaN(date.getTime())) return date;
  faults.push(`The value for the field '${path.split('.').at(-1)!}' must be a TIMESTAMP`);
  return undefined;
}

function jsonText(value: Json, path: string, faults: string[]): string {
  try {
    return JSON.stringify(value);
  } catch {
    faults.push(`The value of the field '${path}' is nested too deeply`);
    return '';
  }
}
