/** What a client's own description says of a value. */
export type ClientSchema =
  | { readonly type: 'string' | 'number' | 'boolean' | 'bigInteger' | 'timestamp' | 'blob' | 'stream' | 'document' | 'unknown' }
  | { readonly type: 'list' | 'map'; readonly value: () => ClientSchema }
  | { readonly type: 'structure'; readonly members: ReadonlyMap<string, ClientMember>; readonly required: number };

export interface ClientMember {
  /** As the client spells it. */
  readonly name: string;
  readonly schema: () => ClientSchema;
}

export interface OperationSchema {
  readonly input: ClientSchema;
  readonly output: ClientSchema;
}

/** Members whose keys are the user's own. Needed only for clients that describe nothing of themselves. */
export const FREE_FORM: ReadonlySet<string> = new Set([
  'Arguments', 'Attributes', 'Environment', 'ExpressionAttributeNames', 'ExpressionAttributeValues', 'Item', 'Items', 'Key', 'Keys', 'MessageAttributes', 'Metadata', 'Parameters', 'Tags',
  'Variables',
]);

const UNKNOWN: ClientSchema = { type: 'unknown' };

// SDK clients describe their shapes as arrays that begin with a number, and simple types as numbers (bit patterns).
const SIMPLE = new Map<unknown, ClientSchema>([
  [0, { type: 'string' }],
  [1, { type: 'number' }],
  [2, { type: 'boolean' }],
  [4, { type: 'timestamp' }],
  [5, { type: 'timestamp' }],
  [6, { type: 'timestamp' }],
  [7, { type: 'timestamp' }],
  [15, { type: 'document' }],
  [17, { type: 'bigInteger' }],
  [19, { type: 'bigInteger' }],
  [21, { type: 'blob' }],
  [42, { type: 'stream' }],
]);
const LIST_BIT = 64;
const MAP_BIT = 128;

const read = new WeakMap<object, ClientSchema>();

/** The schemas of an operation, from the description that a command carries (`[9, namespace, name, traits, input, output]`); `undefined` where it carries none. */
export function readOperation(description: unknown): OperationSchema | undefined {
  const given = dereferenced(description);
  if (!Array.isArray(given) || given[0] !== 9) return undefined;
  return { input: readSchema(given[4]), output: readSchema(given[5]) };
}

/** Reads a description: a simple type's number, an array, a function giving one of these, or `[description, traits]` of a member. */
export function readSchema(description: unknown): ClientSchema {
  const given = dereferenced(description);
  if (typeof given === 'number') return readNumber(given);
  if (!Array.isArray(given)) return UNKNOWN;
  const known = read.get(given);
  if (known !== undefined) return known;
  const schema = readArray(given as readonly unknown[]);
  read.set(given, schema);
  return schema;
}

function readNumber(bits: number): ClientSchema {
  if (bits >= MAP_BIT) return { type: 'map', value: () => readNumber(bits & 63) };
  if (bits >= LIST_BIT) return { type: 'list', value: () => readNumber(bits & 63) };
  return SIMPLE.get(bits) ?? UNKNOWN;
}

function readArray(given: readonly unknown[]): ClientSchema {
  if (given.length === 2) return readMember(given);
  switch (given[0]) {
    case 0:
      return readSchema(given[4]);
    case 1:
      return { type: 'list', value: () => readSchema(given[4]) };
    case 2:
      return { type: 'map', value: () => readSchema(given[5]) };
    case 3:
    case 4:
    case -3:
      return readStructure(given);
    default:
      return UNKNOWN;
  }
}

function readMember([description, traits]: readonly unknown[]): ClientSchema {
  const schema = readSchema(description);
  const isStreaming = typeof traits === 'object' && traits !== null && 'streaming' in traits;
  return schema.type === 'blob' && isStreaming ? { type: 'stream' } : schema;
}

function readStructure(given: readonly unknown[]): ClientSchema {
  const [names, descriptions] = [given[4], given[5]];
  if (!Array.isArray(names) || !Array.isArray(descriptions)) return UNKNOWN;
  const members = new Map<string, ClientMember>();
  names.forEach((name: unknown, index) => {
    // Names of one structure never differ by case alone; what people write does.
    if (typeof name === 'string') members.set(name.toLowerCase(), { name, schema: () => readSchema(descriptions[index]) });
  });
  // Members that have to be there come first; their number comes last.
  return { type: 'structure', members, required: typeof given[6] === 'number' ? given[6] : 0 };
}

/** Names of the members that have to be there. */
export function requiredMembers({ members, required }: ClientSchema & { readonly type: 'structure' }): string[] {
  return [...members.values()].slice(0, required).map(({ name }) => name);
}

function dereferenced(description: unknown): unknown {
  return typeof description === 'function' ? (description as () => unknown)() : description;
}
