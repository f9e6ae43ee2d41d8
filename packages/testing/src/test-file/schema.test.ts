import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readTestFile } from './test-file.ts';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>;
}
const schema = JSON.parse(readFileSync(new URL('../../test-file.schema.json', import.meta.url), 'utf8')) as ObjectSchema & { readonly definitions: Readonly<Record<'test' | 'behaviour' | 'expect', ObjectSchema>> };
const { test, behaviour, expect: expectation } = schema.definitions;

/** What the reader says it knows at this place, when it is given something else. */
function knownIn(content: object): string[] {
  try {
    readTestFile(content);
  } catch (error) {
    return / Known: (.*)\.$/.exec((error as Error).message)![1]!.split(', ').sort();
  }
  throw new Error('It was taken.');
}

it.each<[string, ObjectSchema, object]>([
  ['the file', schema, { xxxxxxxxxxxxxx: 1 }],
  ['a test', test, { tests: { a: { xxxxxxxxxxxxxx: 1 } } }],
  ['a behaviour', behaviour, { tests: { a: { mocks: { A: { xxxxxxxxxxxxxx: 1 } } } } }],
  ['an expectation', expectation, { tests: { a: { expect: { xxxxxxxxxxxxxx: 1 } } } }],
])('the schema knows of %s what the reader knows', (_what, { properties }, content) => {
  expect(Object.keys(properties).sort()).toEqual(knownIn(content));
});

it('the schema knows the services that resources are made with', () => {
  const services = /\^\((.*?)\)/.exec(JSON.stringify(schema))![1]!.split('|');
  expect(services).toEqual(knownIn({ tests: { a: {} }, resources: [{ 'xxxxxxxxxxxxxx:y': {} }] }));
});
