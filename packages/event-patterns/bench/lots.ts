/** An event shaped like a record of San Francisco's city lots, which rule engines are measured on. */
export interface LotEvent {
  readonly type: string;
  readonly properties: {
    readonly MAPBLKLOT: string;
    readonly BLKLOT: string;
    readonly BLOCK_NUM: string;
    readonly LOT_NUM: string;
    readonly FROM_ST: string;
    readonly TO_ST: string;
    readonly STREET: string;
    readonly ST_TYPE: string | null;
    readonly ODD_EVEN: string;
  };
  readonly geometry: {
    readonly type: string;
    readonly coordinates: readonly (readonly (readonly number[])[])[];
    readonly firstCoordinates: { readonly x: number; readonly y: number; readonly z: number };
  };
}

const STREETS =
  'FULTON|BLAIR|RHODE ISLAND|ACADIA|DRUMM|VALENCIA|GEARY|UNKNOWN|CRANLEIGH|FOLSOM|BLYTHDALE|MISSION|ALLEN|DRAKE|ACEVEDO|FUNSTON|RHINE|SAN JOSE|31ST|46TH'.split('|');
const STREET_TYPES = ['ST', 'AVE', 'DR', null, 'BLVD', 'WAY'];
/** Lots that rules ask for, and few events have. */
const RARE_LOTS = ['1430022', '2607117', '2607218', '3745012', 'VACSTWIL'];
const RARE = 0.002;
/** The city's south-western corner and its extent, in degrees. */
const CITY = { west: -122.5138, south: 37.7081, width: 0.1537, height: 0.1248 };
/** The extent of a lot, in degrees. */
const LOT = 0.001;
const DECIMALS = 13;

/** The first so many events, the same on every machine: their texts. */
export function lotTexts(count: number): string[] {
  let state = 20240501;
  // A linear congruence with the constants of Numerical Recipes.
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const event = (): LotEvent => {
    const block = String(1 + below(9000)).padStart(4, '0');
    const lot = String(1 + below(200)).padStart(3, '0');
    const id = random() < RARE ? pick(RARE_LOTS) : block + lot;
    const corners = 4 + below(10);
    const west = CITY.west + random() * CITY.width;
    const south = CITY.south + random() * CITY.height;
    const near = (degrees: number): number => Number((degrees + random() * LOT).toFixed(DECIMALS));
    const ring = Array.from({ length: corners }, () => [near(west), near(south), 0]);
    ring.push(ring[0]!);
    const from = String(below(4000));
    const to = String(below(4000));
    const [x, y] = ring[0] as [number, number];
    return {
      type: 'Feature',
      properties: { MAPBLKLOT: id, BLKLOT: id, BLOCK_NUM: block, LOT_NUM: lot, FROM_ST: from, TO_ST: to, STREET: pick(STREETS), ST_TYPE: pick(STREET_TYPES), ODD_EVEN: pick(['E', 'O']) },
      geometry: { type: 'Polygon', coordinates: [ring], firstCoordinates: { x, y, z: 0 } },
    };
  };
  return Array.from({ length: count }, () => JSON.stringify(event()));
}
