import { isJsonObject, type Json, type JsonObject, type PlainSchema, type ResponseSchema } from '@interstate/kernel';
import { RESPONSE_SHAPES } from './response-schemas.gen.ts';

/** A shape as the table has it. */
interface ShapeRow {
  readonly m?: Readonly<Record<string, string>>;
  readonly r?: readonly string[];
  readonly l?: string;
  readonly v?: string;
  readonly t?: PlainSchema['type'];
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

interface ServiceShapes {
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, ShapeRow>>;
}

const tables = new Map<string, ServiceShapes>();

/** The schema from the table of published models; undefined for services and actions it does not hold. */
export function tabledSchema(service: string, action: string): ResponseSchema | undefined {
  if (!Object.hasOwn(RESPONSE_SHAPES, service)) return undefined;
  let table = tables.get(service);
  if (!table) tables.set(service, (table = JSON.parse(RESPONSE_SHAPES[service]!) as ServiceShapes));
  return Object.hasOwn(table.operations, action) ? schemaOf(table, table.operations[action]!) : undefined;
}

function schemaOf(table: ServiceShapes, name: string): ResponseSchema {
  if (!Object.hasOwn(table.shapes, name)) return { type: name as PlainSchema['type'] };
  const { m, r, l, v, t, ...bounds } = table.shapes[name]!;
  if (t !== undefined) return { type: t, ...bounds };
  if (l !== undefined) return { type: 'list', value: () => schemaOf(table, l) };
  if (v !== undefined) return { type: 'map', value: () => schemaOf(table, v) };
  const members = Object.entries(m ?? {}).map(([member, shape]) => [member, (): ResponseSchema => schemaOf(table, shape)] as const);
  return { type: 'structure', members: new Map(members), required: r ?? [] };
}

/** Deeper than any response; a recursive schema must end somewhere. */
const MAX_DEPTH = 100;

/**
 * What is wrong with a response, as TestState words it (`Field 'StartDate' must be a string`); undefined for one that fits.
 * Members that the schema does not have are let pass.
 * @param strict whether required members have to be there
 */
export function responseFault(schema: ResponseSchema, value: Json, strict: boolean): string | undefined {
  return faultOf(schema, value, undefined, strict, 0);
}

function faultOf(schema: ResponseSchema, value: Json, field: string | undefined, strict: boolean, depth: number): string | undefined {
  const named = field === undefined ? 'The result' : `Field '${field}'`;
  if (depth > MAX_DEPTH) return `${named} is nested too deeply`;
  switch (schema.type) {
    case 'structure':
      return isJsonObject(value) ? structureFault(schema, value, strict, depth) : `${named} must be an object`;
    case 'list':
      return Array.isArray(value) ? firstFault(value as readonly Json[], (item) => faultOf(schema.value(), item, field, strict, depth + 1)) : `${named} must be an array`;
    case 'map':
      return isJsonObject(value) ? firstFault(Object.values(value), (item) => faultOf(schema.value(), item, field, strict, depth + 1)) : `${named} must be an object`;
    default:
      return plainFault(schema, value, named);
  }
}

function structureFault(schema: ResponseSchema & { type: 'structure' }, value: JsonObject, strict: boolean, depth: number): string | undefined {
  const missing = strict ? schema.required.find((member) => !Object.hasOwn(value, member)) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  return firstFault(Object.entries(value), ([member, item]) => {
    const inner = schema.members.get(member);
    return inner && faultOf(inner(), item, member, strict, depth + 1);
  });
}

function plainFault(schema: PlainSchema, value: Json, named: string): string | undefined {
  switch (schema.type) {
    case 'number':
      if (typeof value !== 'number') return `${named} must be a number`;
      if (schema.min !== undefined && value < schema.min) return `${named} is less than the minimum value`;
      if (schema.max !== undefined && value > schema.max) return `${named} exceeds the maximum value`;
      return undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${named} must be a boolean`;
    case 'document':
      return undefined;
    default:
      if (typeof value !== 'string') return `${named} must be a string`;
      if (schema.enum !== undefined && !schema.enum.includes(value)) return `${named} is not an expected value`;
      if (schema.min !== undefined && value.length < schema.min) return `${named} is smaller than the minimum length`;
      if (schema.max !== undefined && value.length > schema.max) return `${named} exceeds the maximum length`;
      return undefined;
  }
}

function firstFault<Item>(items: readonly Item[], faultOfItem: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = faultOfItem(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
