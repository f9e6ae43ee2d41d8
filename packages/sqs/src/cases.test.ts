import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCase, type Case } from '../test/run-case.ts';
import { SQS_ERRORS } from './errors.ts';
import { INPUT_SHAPES } from './input-shapes.ts';

const FOLDER = new URL('../cases/', import.meta.url);
const files = readdirSync(FOLDER).map((file) => ({ file, cases: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly Case[] }));

describe.each(files)('$file', ({ cases }) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(runCase(one).problem).toBeUndefined();
  });
});

describe('the cases', () => {
  const all = files.flatMap(({ cases }) => cases);

  it('know every operation', () => {
    const asked = new Set(all.flatMap(({ steps }) => steps.flatMap((step) => ('error' in step || step.do === undefined ? [] : [step.do]))));
    expect(Object.keys(INPUT_SHAPES).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('know every error', () => {
    const seen = new Set(all.flatMap((one) => runCase(one).errors));
    expect(Object.keys(SQS_ERRORS).filter((code) => !seen.has(code))).toEqual([]);
  });
});
