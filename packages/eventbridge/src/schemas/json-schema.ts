import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import type { Shape, ValueType } from './shape.ts';

/** Events of one kind: what they are called, and what their detail was seen to be. */
export interface EventKind {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Shape;
}

const TEXT: JsonObject = { type: 'string' };
const ENVELOPE = ['detail-type', 'resources', 'detail', 'id', 'source', 'time', 'region', 'version', 'account'];

/** `OrderPlaced` for `Order placed`: the name of a detail in schemas and code. */
export function detailName(detailType: string): string {
  const name = detailType.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Detail${name}`;
}

/** The name of the discovered schema of events of a kind. */
export function schemaName({ source, detailType }: Pick<EventKind, 'source' | 'detailType'>): string {
  return `${source}@${detailName(detailType)}`;
}

/** As AWS writes what it discovers. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-create.html */
export function openApi3(kind: EventKind): JsonObject {
  const name = detailName(kind.detailType);
  const schemas: Record<string, Json> = {};
  setJsonKey(schemas, 'AWSEvent', envelopeSchema(kind, { $ref: `#/components/schemas/${name}` }));
  setJsonKey(schemas, name, schemaOf(kind.detail, true));
  return { openapi: '3.0.0', info: { version: '1.0.0', title: name }, paths: {}, components: { schemas } };
}

export function jsonSchemaDraft4(kind: EventKind): JsonObject {
  const name = detailName(kind.detailType);
  const definitions: Record<string, Json> = {};
  setJsonKey(definitions, name, schemaOf(kind.detail, false));
  return { $schema: 'http://json-schema.org/draft-04/schema#', title: name, definitions, ...envelopeSchema(kind, { $ref: `#/definitions/${name}` }) };
}

function envelopeSchema({ source, detailType }: EventKind, detail: JsonObject): JsonObject {
  return {
    type: 'object',
    required: ENVELOPE,
    'x-amazon-events-detail-type': detailType,
    'x-amazon-events-source': source,
    properties: { detail, account: TEXT, 'detail-type': TEXT, id: TEXT, region: TEXT, resources: { type: 'array', items: TEXT }, source: TEXT, time: { type: 'string', format: 'date-time' }, version: TEXT },
  };
}

/** @param isOpenApi OpenAPI 3.0 has one type at a place, `nullable`, and `anyOf` for the rest; Draft 4 has lists of types */
function schemaOf(shape: Shape, isOpenApi: boolean): JsonObject {
  const types = shape.types.filter((type) => type !== 'null');
  const isNullable = types.length < shape.types.length;
  if (isOpenApi) {
    const nullable = isNullable && { nullable: true };
    if (types.length > 1) return { anyOf: types.map((type) => typeSchema(type, shape, isOpenApi)), ...nullable };
    return types.length === 0 ? { type: 'object', nullable: true } : { ...typeSchema(types[0]!, shape, isOpenApi), ...nullable };
  }
  const members = Object.assign({}, ...types.map((type) => typeSchema(type, shape, isOpenApi))) as JsonObject;
  const all: Json = isNullable ? [...types, 'null'] : types;
  return { ...members, type: all.length === 1 ? (all as readonly Json[])[0]! : all };
}

function typeSchema(type: ValueType, { isTime, properties, required = [], isOpen, items }: Shape, isOpenApi: boolean): JsonObject {
  switch (type) {
    case 'string':
      return isTime ? { type, format: 'date-time' } : { type };
    case 'array':
      return { type, items: items ? schemaOf(items, isOpenApi) : {} };
    case 'object': {
      const schemas: Record<string, Json> = {};
      for (const [name, property] of Object.entries(properties ?? {})) setJsonKey(schemas, name, schemaOf(property, isOpenApi));
      return { type, ...(required.length > 0 && { required }), properties: schemas, ...(isOpen && { additionalProperties: true }) };
    }
    default:
      return { type };
  }
}
