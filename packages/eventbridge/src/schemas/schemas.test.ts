import fc from 'fast-check';
import type { Json } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { detailName, jsonSchemaDraft4, openApi3, schemaName } from './json-schema.ts';
import { mergedShape, shapeOf } from './shape.ts';
import { typeScriptOf } from './typescript.ts';

const SEEN: readonly Json[] = [
  { orderId: 1, at: '2026-01-01T00:00:00Z', lines: [{ sku: 'a', count: 1 }, { sku: 'b', count: 1.5, gift: true }], note: null, 'odd name': "it's" },
  { orderId: 2, at: '2026-01-02T00:00:00Z', lines: [], note: 'late', address: { city: 'London' } },
];
const kind = { source: 'shop', detailType: "Order placed's", detail: SEEN.map((detail) => shapeOf(detail)).reduce(mergedShape) };

describe('a discovered schema', () => {
  it('is TypeScript', () => {
    expect(typeScriptOf(kind)).toBe(`export interface OrderPlacedS {
  address?: {
    city: string;
  };
  at: string;
  lines: {
    count: number;
    gift?: boolean;
    sku: string;
  }[];
  note: null | string;
  'odd name'?: string;
  orderId: number;
}

export interface OrderPlacedSEvent {
  version: string;
  id: string;
  'detail-type': 'Order placed\\'s';
  source: 'shop';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: OrderPlacedS;
}
`);
  });

  it('is JSON Schema Draft 4 and OpenAPI 3', () => {
    const line = { type: 'object', required: ['count', 'sku'], properties: { count: { type: 'number' }, gift: { type: 'boolean' }, sku: { type: 'string' } } };
    const properties = {
      address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
      at: { type: 'string', format: 'date-time' },
      lines: { type: 'array', items: line },
      'odd name': { type: 'string' },
      orderId: { type: 'integer' },
    };
    const required = ['at', 'lines', 'note', 'orderId'];
    expect(jsonSchemaDraft4(kind)).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      'x-amazon-events-source': 'shop',
      properties: { detail: { $ref: '#/definitions/OrderPlacedS' } },
      definitions: { OrderPlacedS: { type: 'object', required, properties: { ...properties, note: { type: ['string', 'null'] } } } },
    });
    expect(openApi3(kind)).toMatchObject({
      openapi: '3.0.0',
      components: { schemas: { AWSEvent: { properties: { detail: { $ref: '#/components/schemas/OrderPlacedS' } } }, OrderPlacedS: { required, properties: { ...properties, note: { type: 'string', nullable: true } } } } },
    });
    expect(schemaName(kind)).toBe('shop@OrderPlacedS');
    expect(detailName('7 things')).toBe('Detail7Things');
  });

  it('is the same whatever comes first, and nothing new comes of what was seen', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b, c) => {
        const [x, y, z] = [a, b, c].map((value) => shapeOf(value as Json)) as [ReturnType<typeof shapeOf>, ReturnType<typeof shapeOf>, ReturnType<typeof shapeOf>];
        expect(mergedShape(x, y)).toEqual(mergedShape(y, x));
        expect(mergedShape(x, x)).toEqual(x);
        expect(mergedShape(mergedShape(x, y), z).types).toEqual(mergedShape(x, mergedShape(y, z)).types);
        const both = mergedShape(x, y);
        expect(mergedShape(both, y)).toEqual(both);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('bears hostile events', () => {
    const hostile = JSON.parse('{"__proto__":{"x":1},"constructor":[{"toString":1}]}') as Json;
    const shape = mergedShape(shapeOf(hostile), shapeOf(hostile));
    expect(Object.keys(shape.properties!)).toEqual(['__proto__', 'constructor']);
    expect(typeScriptOf({ source: "a'b\n", detailType: '', detail: shape })).toContain('__proto__: {');
    expect(({} as { x?: unknown }).x).toBeUndefined();
    let deep: Json = 1;
    for (let depth = 0; depth < 5000; depth++) deep = [deep];
    expect(JSON.stringify(shapeOf(deep)).length).toBeLessThan(10_000);
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(mergedShape(shapeOf(wide), shapeOf({ other: 1 })).properties!)).toHaveLength(500);
  });
});
