import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFunctionRegistry } from './function-registry.ts';

interface Case {
  readonly description: string;
  readonly registered: readonly string[];
  readonly asked: string;
  readonly then: string | null;
}

const cases = JSON.parse(readFileSync(new URL('../cases/function-names.json', import.meta.url), 'utf8')) as Case[];

describe('a function is found by', () => {
  for (const { description, registered, asked, then } of cases) {
    it(description, () => {
      const registry = createFunctionRegistry();
      for (const text of registered) registry.set(text, () => null, {});
      expect(registry.find(asked)?.text ?? null).toBe(then);
      // Remembered answers are the same answers.
      expect(registry.find(asked)?.text ?? null).toBe(then);
    });
  }

  it('the latest registration, until it is taken away', () => {
    const registry = createFunctionRegistry();
    const [one, two] = [() => 1, () => 2];
    registry.set('f', one, {});
    expect(registry.find('function:f')?.handler).toBe(one);
    registry.set('f', two, {});
    expect(registry.find('function:f')?.handler).toBe(two);
    expect(registry.delete('f')).toBe(true);
    expect(registry.find('function:f')).toBeUndefined();
    expect(registry.delete('f')).toBe(false);
    expect(registry.names()).toEqual([]);
  });

  it('nobody, and then says what to register', () => {
    const registry = createFunctionRegistry();
    expect(registry.adviceFor('f')).toBe('No local function answers for "f". Register one: lambda.register("f", handler). No function is registered.');
    registry.set('charge-card', () => null, {});
    registry.set('notify', () => null, {});
    expect(registry.adviceFor('arn:aws:lambda:us-east-1:111111111111:function:charge-crad')).toBe(
      'No local function answers for "arn:aws:lambda:us-east-1:111111111111:function:charge-crad". ' +
        'Register one: lambda.register("charge-crad", handler). Did you mean "charge-card"? Registered: "charge-card", "notify".',
    );
    expect(registry.adviceFor('x'.repeat(1_000_000)).length).toBeLessThan(1000);
  });
});
