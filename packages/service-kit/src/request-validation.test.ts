import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@interstate/kernel';
import { quickCheck } from './quick-check.ts';
import { validateRequest, type StructureShape } from './request-validation.ts';

interface Case {
  readonly description: string;
  readonly given: Json;
  readonly then: Json;
}

const cases = JSON.parse(readFileSync(new URL('../cases/request-validation.json', import.meta.url), 'utf8')) as Case[];

const shape: StructureShape = {
  type: 'structure',
  members: {
    name: { type: 'string', min: 1, max: 8, pattern: /^[a-z]+$/, required: true },
    maxResults: { type: 'integer', min: 0, max: 1000 },
    status: { type: 'string', enum: ['RUNNING', 'FAILED'] },
    routes: {
      type: 'list',
      max: 2,
      member: { type: 'structure', name: 'Route', members: { weight: { type: 'number', max: 100 }, to: { type: 'string' } } },
    },
    tags: { type: 'map', value: { type: 'string', max: 5 } },
    anything: { type: 'json' },
    constructor: { type: 'string' } as const,
  },
};

describe('validateRequest', () => {
  for (const { description, given, then } of cases) {
    it(description, () => {
      expect(validateRequest(shape, given) ?? null).toEqual(then);
    });
  }

  it('answers for any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('name', 'routes', 'tags', 'status', 'anything', '__proto__'), (value, key) => {
        const request = Object.defineProperty({ name: 'a' }, key, { value, enumerable: true, configurable: true });
        const fault = validateRequest(shape, request as unknown as Json);
        expect(fault === undefined || fault.message.length > 0).toBe(true);
      }),
    );
  });

  it('bounds what it prints of a deeply nested value', () => {
    let deep: Json = 'x';
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    const lists: StructureShape = { type: 'structure', members: { deep: { type: 'list', member: { type: 'json' }, min: 2 } } };
    expect(validateRequest(lists, { deep })?.message).toContain('…');
  });
});

describe('quickCheck', () => {
  const looksRight = quickCheck(shape);

  for (const { description, given, then } of cases) {
    it(`sees nothing wrong only where nothing is: ${description}`, () => {
      if (looksRight(given)) expect(then).toBeNull();
    });
  }

  it('sees a good request of every kind of member', () => {
    const { constructor: _, ...members } = shape.members;
    const check = quickCheck({ type: 'structure', members });
    expect(check({ name: 'orders', maxResults: 10, status: 'FAILED', routes: [{ weight: 1.5 }, { to: 'x' }], tags: { team: 'a' }, anything: [null], other: 1 })).toBe(true);
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(members)), (value, key) => {
        const request = { name: 'a', [key]: value } as Json;
        if (check(request)) expect(validateRequest(shape, request)).toBeUndefined();
      }),
    );
  });

  it('leaves a shape that holds itself to a closer look', () => {
    const tree = { type: 'structure', members: { name: { type: 'string' } } } as const;
    const recursive: StructureShape = { type: 'structure', members: { ...tree.members } };
    Object.assign(recursive.members, { child: recursive });
    expect(quickCheck(recursive)({ name: 'a' })).toBe(false);
  });
});
