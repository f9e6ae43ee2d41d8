import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { validateDefinition } from '../validation/validate.ts';
import cases from '../../cases/types.json' with { type: 'json' };
import { inferTypes } from './infer.ts';
import { writeShape } from './write-shape.ts';
import { writeTypes } from './write-types.ts';

interface Case {
  readonly description: string;
  readonly given: JsonObject;
  readonly then: { readonly input?: string; readonly output?: string; readonly variables?: JsonObject; readonly tasks?: JsonObject };
}

describe('types of a definition', () => {
  it.each(cases as unknown as readonly Case[])('$description', ({ given, then }) => {
    expect(validateDefinition(given).result).toBe('OK');
    const { input, output, variables, tasks } = inferTypes(given);
    const written = {
      input: writeShape(input),
      output: output && writeShape(output),
      variables: Object.fromEntries([...variables].map(([name, shape]) => [name, writeShape(shape)])),
      tasks: Object.fromEntries([...tasks].map(([name, task]) => [name, [writeShape(task.arguments), writeShape(task.result)]])),
    };
    expect(written).toMatchObject(then);
  });

  it('ends, and stays small, whatever it is given', () => {
    const wide = Object.fromEntries(Array.from({ length: 40 }, (_none, index) => [`k${index}.$`, '$']));
    const states = Object.fromEntries(Array.from({ length: 300 }, (_none, index) => [`S${index}`, { Type: 'Pass', Parameters: wide, Next: `S${index + 1}` }]));
    const deep = Object.fromEntries(Array.from({ length: 5000 }, (_none, index) => [`D${index}`, { Type: 'Pass', Result: 1, ResultPath: `$.r${index % 7}.x`, Next: index === 4999 ? 'S300' : `D${index + 1}` }]));
    for (const [StartAt, more] of [['S0', states], ['D0', deep]] as const) {
      expect(writeTypes({ StartAt, States: { ...more, S300: { Type: 'Pass', InputPath: '$.__proto__.constructor', End: true } } } as JsonObject).length).toBeLessThan(1_000_000);
    }
    expect(({} as { r0?: unknown }).r0).toBeUndefined();
  });

  it('are TypeScript that compiles, for whatever definition', () => {
    const folder = mkdtempSync(join(tmpdir(), 'interstate-types-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const definitions = [...new Map(definitionsInCases().map((definition) => [JSON.stringify(definition), definition])).values()];
    expect(definitions.length).toBeGreaterThan(100);
    writeFileSync(join(folder, 'all.ts'), definitions.map((definition, index) => writeTypes(definition, `Machine${index}`)).join('\n'));
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
    const compile = (): string => execFileSync(process.execPath, [tsc, '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--ignoreConfig', '--types', '', 'all.ts'], { cwd: folder, encoding: 'utf8' });
    expect(compile()).toBe('');
  });
});

/** Every valid definition in the cases of this package. */
function definitionsInCases(): JsonObject[] {
  const folder = fileURLToPath(new URL('../../cases', import.meta.url));
  const found: JsonObject[] = [];
  const look = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('StartAt' in value && 'States' in value && validateDefinition(value as JsonObject).result === 'OK') found.push(value as JsonObject);
    for (const inner of Object.values(value)) look(inner as Json);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) if (file.endsWith('.json')) look(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json);
  return found;
}
