import { pascalName } from '@interstate/service-kit';
import { setJsonKey, type Json } from '@interstate/kernel';
import { FREE_FORM, type ClientSchema } from './client-schema.ts';
import { memberName } from './service-name.ts';

/** What decides how members are called: the client's schema; or without one, how it spells them. `PascalCase` is left as it is. */
export type ResultNames = ClientSchema | 'PascalCase' | 'camelCase';

/** How a result is shown: `sdk` for `aws-sdk:` Tasks (ISO 8601 times), `optimized` for optimized integrations (times in epoch milliseconds). */
export type ResultStyle = 'sdk' | 'optimized';

const MAX_DEPTH = 200;

/** Every object is taken for a structure, except where its name says that its keys are the user's own. */
const GUESSED: ClientSchema = { type: 'unknown' };

/**
 * What a client answered, as a Task shows it: members in PascalCase and in order, times as text or number, bytes as text (base64
 * where they are none), streams read. Keys of maps and documents stay as they are; `$metadata` is left out.
 */
export async function toTaskResult(names: ResultNames, result: object, style: ResultStyle): Promise<Json> {
  const { $metadata: _, ...members } = result as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) {
    if (isReadable(value)) members[name] = new Uint8Array(await value.transformToByteArray());
  }
    if (typeof names === 'object') return show(names, members, style, 0);
  return show(names === 'camelCase' ? GUESSED : { type: 'document' }, members, style, 0);
}

interface Readable {
  transformToByteArray(): Promise<Uint8Array>;
}

function isReadable(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Readable>).transformToByteArray === 'function';
}

function show(schema: ClientSchema, value: unknown, style: ResultStyle, depth: number): Json {
  if (value === undefined || value === null || depth > MAX_DEPTH) return null;
  if (value instanceof Date) return style === 'sdk' ? isoText(value) : value.getTime();
  if (value instanceof Uint8Array) return bytesText(value);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      break;
    default:
      return null;
  }
  if (Array.isArray(value)) {
    const item = schema.type === 'list' ? schema.value() : schema;
    return (value as readonly unknown[]).map((each) => show(item, each, style, depth + 1));
  }
  return showObject(schema, value as Readonly<Record<string, unknown>>, style, depth);
}

function showObject(schema: ClientSchema, value: Readonly<Record<string, unknown>>, style: ResultStyle, depth: number): Json {
  const shown: Record<string, Json> = {};
  if (schema.type === 'map' || schema.type === 'document') {
    const inner = schema.type === 'map' ? schema.value() : schema;
    for (const [key, item] of Object.entries(value)) setJsonKey(shown, key, show(inner, item, style, depth + 1));
    return shown;
  }
  const rename = style === 'sdk' ? memberName : pascalName;
  const schemaOf = (key: string): ClientSchema => {
    if (schema.type === 'structure') return schema.members.get(key.toLowerCase())?.schema() ?? { type: 'document' };
    return FREE_FORM.has(pascalName(key)) ? { type: 'document' } : GUESSED;
  };
  const named = Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== null && typeof item !== 'function')
    .map(([key, item]) => [rename(key), schemaOf(key), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [name, inner, item] of named) setJsonKey(shown, name, show(inner, item, style, depth + 1));
  return shown;
}

/** ISO 8601 without empty milliseconds. */
function isoText(date: Date): Json {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

function bytesText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    let binary = '';
    for (let index = 0; index < bytes.length; index += 8192) binary += String.fromCharCode(...bytes.subarray(index, index + 8192));
    return btoa(binary);
  }
}
