import type { Json } from '@interstate/kernel';

type PropertyName = 'MAPBLKLOT' | 'BLKLOT' | 'BLOCK_NUM' | 'LOT_NUM' | 'FROM_ST' | 'STREET' | 'ST_TYPE';

/** What closures know of an event: as of any on a bus, its fields may be missing or of another type. That they may be arrays only some look at. */
interface SomeEvent {
  readonly properties?: Readonly<Partial<Record<PropertyName, unknown>>>;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown; readonly firstCoordinates?: { readonly x?: unknown; readonly z?: unknown } };
}

/** A pattern, and the same by hand. */
export interface HandWritten {
  readonly pattern: Json;
  readonly closure: (event: SomeEvent) => boolean;
}

type ValueTest = (value: unknown) => boolean;

/** Five rules of a kind. */
export interface Family {
  /** As in the names of the benches. */
  readonly name: string;
  readonly rules: readonly HandWritten[];
}

/** Rules on one property, each of them a text; the closure of a text decides. */
function properties(name: PropertyName, texts: readonly string[], alternative: (text: string) => Json, decide: (text: string) => ValueTest): HandWritten[] {
  return texts.map((text) => {
    const test = decide(text);
    return { pattern: { properties: { [name]: [alternative(text)] } }, closure: readers[name](test) };
  });
}

/** One closure per property, so that each reads by a name that is known when it is compiled. */
const readers: Readonly<Record<PropertyName, (test: ValueTest) => HandWritten['closure']>> = {
  MAPBLKLOT: (test) => (event) => test(event.properties?.MAPBLKLOT),
  BLKLOT: (test) => (event) => test(event.properties?.BLKLOT),
  BLOCK_NUM: (test) => (event) => test(event.properties?.BLOCK_NUM),
  LOT_NUM: (test) => (event) => test(event.properties?.LOT_NUM),
  FROM_ST: (test) => (event) => test(event.properties?.FROM_ST),
  STREET: (test) => (event) => test(event.properties?.STREET),
  ST_TYPE: (test) => (event) => test(event.properties?.ST_TYPE),
};

/** `prefix`, `suffix` and the like by the means of the language. */
const equals = (text: string) => (value: unknown) => value === text;
const startsWith = (text: string) => (value: unknown) => typeof value === 'string' && value.startsWith(text);
const endsWith = (text: string) => (value: unknown) => typeof value === 'string' && value.endsWith(text);
const equalsIgnoringCase = (text: string) => {
  const lower = text.toLowerCase();
  return (value: unknown) => typeof value === 'string' && value.length === lower.length && value.toLowerCase() === lower;
};
const startsIgnoringCase = (text: string) => {
  const lower = text.toLowerCase();
  return (value: unknown) => typeof value === 'string' && value.toLowerCase().startsWith(lower);
};
const endsIgnoringCase = (text: string) => {
  const lower = text.toLowerCase();
  return (value: unknown) => typeof value === 'string' && value.toLowerCase().endsWith(lower);
};
const isLike = (text: string) => {
  const expression = new RegExp(`^${text.replaceAll('*', '.*')}$`);
  return (value: unknown) => typeof value === 'string' && expression.test(value);
};
const not = (decide: (text: string) => ValueTest) => (text: string) => {
  const test = decide(text);
  return (value: unknown) => value !== undefined && !test(value);
};

const LOTS = ['1430022', '2607117', '2607218', '3745012', 'VACSTWIL'];
const LOTS_LIKE = ['143*', '2*0*1*7', '*218', '3*5*2', 'VA*IL'];

/** What `anything-but` is asked of: a text for each of five places. */
function anythingBut(texts: readonly string[], operator: string | undefined, decide: (text: string) => ValueTest): HandWritten[] {
  const alternative = (text: string): Json => ({ 'anything-but': operator === undefined ? [text] : { [operator]: operator === 'equals-ignore-case' ? [text] : text } });
  const [street, otherStreet, streetType, geometry, from] = texts as [string, string, string, string, string];
  const differs = not(decide);
  const test = differs(geometry);
  return [
    ...properties('STREET', [street, otherStreet], alternative, differs),
    ...properties('ST_TYPE', [streetType], alternative, differs),
    { pattern: { geometry: { type: [alternative(geometry)] } }, closure: (event) => test(event.geometry?.type) },
    ...properties('FROM_ST', [from], alternative, differs),
  ];
}

const NEAR = -122.42916360922355;
const MIDDLE = -122.41600944012424;
const WEST = -122.46471267081272;
const EAST = -122.4063085128395;

/** True where an object somewhere in the arrays passes. */
function someObject(value: unknown, test: (object: { readonly x?: unknown; readonly y?: unknown }) => boolean): boolean {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null && test(value);
  for (let index = 0; index < value.length; index++) if (someObject(value[index], test)) return true;
  return false;
}

const numeric = (...expression: readonly Json[]): Json[] => [{ numeric: expression }];

const arrays: HandWritten[] = [
  {
    pattern: { geometry: { type: ['Polygon'], coordinates: { x: numeric('=', NEAR) } } },
    closure: ({ geometry }) => geometry?.type === 'Polygon' && someObject(geometry.coordinates, ({ x }) => x === NEAR),
  },
  {
    pattern: { geometry: { type: ['MultiPolygon'], coordinates: { y: numeric('=', 37.729900216217324) } } },
    closure: ({ geometry }) => geometry?.type === 'MultiPolygon' && someObject(geometry.coordinates, ({ y }) => y === 37.729900216217324),
  },
  { pattern: { geometry: { coordinates: { x: numeric('<', MIDDLE) } } }, closure: ({ geometry }) => someObject(geometry?.coordinates, ({ x }) => typeof x === 'number' && x < MIDDLE) },
  { pattern: { geometry: { coordinates: { x: numeric('>', MIDDLE) } } }, closure: ({ geometry }) => someObject(geometry?.coordinates, ({ x }) => typeof x === 'number' && x > MIDDLE) },
  {
    pattern: { geometry: { coordinates: { x: numeric('>', WEST, '<', EAST) } } },
    closure: ({ geometry }) => someObject(geometry?.coordinates, ({ x }) => typeof x === 'number' && x > WEST && x < EAST),
  },
];

/** True where the first corner has such an `x`. */
const atX = (test: (x: number) => boolean): HandWritten['closure'] => {
  return ({ geometry }) => {
    const x = geometry?.firstCoordinates?.x;
    return typeof x === 'number' && test(x);
  };
};

const numbers: HandWritten[] = [
  { pattern: { geometry: { type: ['Polygon'], firstCoordinates: { x: numeric('=', NEAR) } } }, closure: ({ geometry }) => geometry?.type === 'Polygon' && geometry.firstCoordinates?.x === NEAR },
  { pattern: { geometry: { type: ['MultiPolygon'], firstCoordinates: { z: numeric('=', 0) } } }, closure: ({ geometry }) => geometry?.type === 'MultiPolygon' && geometry.firstCoordinates?.z === 0 },
  { pattern: { geometry: { firstCoordinates: { x: numeric('<', MIDDLE) } } }, closure: atX((x) => x < MIDDLE) },
  { pattern: { geometry: { firstCoordinates: { x: numeric('>', MIDDLE) } } }, closure: atX((x) => x > MIDDLE) },
  { pattern: { geometry: { firstCoordinates: { x: numeric('>', WEST, '<', EAST) } } }, closure: atX((x) => x > WEST && x < EAST) },
];

const PREFIXES = ['AC', 'BL', 'DR', 'FU', 'RH'];
const SUFFIXES = ['ON', 'KE', 'MM', 'ING', 'GO'];
const ignoringCase = (operator: 'prefix' | 'suffix') => (text: string): Json => ({ [operator]: { 'equals-ignore-case': text } });

/** The families that the service's own rule engine is measured on, in its order. */
export const families: readonly Family[] = [
  { name: 'exact', rules: properties('MAPBLKLOT', LOTS, (text) => text, equals) },
  { name: 'wildcard', rules: properties('MAPBLKLOT', LOTS_LIKE, (wildcard) => ({ wildcard }), isLike) },
  { name: 'prefix', rules: properties('STREET', PREFIXES, (prefix) => ({ prefix }), startsWith) },
  { name: 'prefix-ignore-case', rules: properties('STREET', ['Ac', 'bL', 'dR', 'Fu', 'rH'], ignoringCase('prefix'), startsIgnoringCase) },
  { name: 'suffix', rules: properties('STREET', SUFFIXES, (suffix) => ({ suffix }), endsWith) },
  { name: 'suffix-ignore-case', rules: properties('STREET', ['oN', 'Ke', 'mM', 'InG', 'gO'], ignoringCase('suffix'), endsIgnoringCase) },
  {
    name: 'equals-ignore-case',
    rules: [
      ...properties('STREET', ['jefferson', 'bEaCh', 'HyDe', 'CHESTNUT'], (text) => ({ 'equals-ignore-case': text }), equalsIgnoringCase),
      ...properties('ST_TYPE', ['st'], (text) => ({ 'equals-ignore-case': text }), equalsIgnoringCase),
    ],
  },
  { name: 'arrays', rules: arrays },
  { name: 'numeric', rules: numbers },
  { name: 'anything-but', rules: anythingBut(['FULTON', 'MASON', 'ST', 'Polygon', '441'], undefined, equals) },
  { name: 'anything-but-ignore-case', rules: anythingBut(['Fulton', 'Mason', 'st', 'polygon', '441'], 'equals-ignore-case', equalsIgnoringCase) },
  { name: 'anything-but-prefix', rules: anythingBut(['FULTO', 'MASO', 'S', 'Poly', '44'], 'prefix', startsWith) },
  { name: 'anything-but-suffix', rules: anythingBut(['ULTON', 'ASON', 'T', 'olygon', '41'], 'suffix', endsWith) },
  { name: 'anything-but-wildcard', rules: properties('MAPBLKLOT', LOTS_LIKE, (wildcard) => ({ 'anything-but': { wildcard } }), not(isLike)) },
];

/** As many rules of eight kinds, of which an event matches few. */
export function mixedRules(count: number): HandWritten[] {
  return Array.from({ length: count }, (_, index) => mixedRule(index));
}

function mixedRule(index: number): HandWritten {
  const block = String(1 + ((index * 7919) % 9000)).padStart(4, '0');
  const lot = String(1 + ((index * 104_729) % 200)).padStart(3, '0');
  const id = block + lot;
  const rule = (name: PropertyName, alternative: Json, test: ValueTest): HandWritten => ({ pattern: { properties: { [name]: [alternative] } }, closure: readers[name](test) });
  switch (index % 8) {
    case 0:
      return rule('MAPBLKLOT', id, equals(id));
    case 1:
      return rule('MAPBLKLOT', { prefix: id.slice(0, 6) }, startsWith(id.slice(0, 6)));
    case 2:
      return rule('MAPBLKLOT', { suffix: id.slice(1) }, endsWith(id.slice(1)));
    case 3:
      return rule('BLKLOT', { 'equals-ignore-case': id }, equalsIgnoringCase(id));
    case 4:
      return rule('MAPBLKLOT', { wildcard: `${block}*${lot[2]!}` }, isLike(`${block}*${lot[2]!}`));
    case 5: {
      const low = -122.5 + (index % 1000) * 0.00015;
      const high = low + 0.00001;
      return { pattern: { geometry: { firstCoordinates: { x: numeric('>=', low, '<', high) } } }, closure: atX((x) => x >= low && x < high) };
    }
    case 6:
      return {
        pattern: { properties: { STREET: [{ 'anything-but': ['FULTON'] }], BLOCK_NUM: [block], LOT_NUM: [lot] } },
        closure: ({ properties }) => properties?.BLOCK_NUM === block && properties.LOT_NUM === lot && properties.STREET !== undefined && properties.STREET !== 'FULTON',
      };
    default:
      return rule('MAPBLKLOT', { suffix: { 'equals-ignore-case': id.slice(2) } }, endsIgnoringCase(id.slice(2)));
  }
}

export function exactRules(count: number): HandWritten[] {
  return properties('MAPBLKLOT', Array.from({ length: count }, (_, index) => String(1_000_000 + ((index * 7919) % 9_000_000))), (text) => text, equals);
}
