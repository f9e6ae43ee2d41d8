import assert from 'node:assert/strict';
import { format } from 'node:util';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { brokenLinks, codeBlocks, listPages } from './pages.ts';

/** What a block may import. */
const MODULES: Readonly<Record<string, () => Promise<object>>> = {
  interstate: () => import('interstate'),
  '@aws-sdk/client-sfn': () => import('@aws-sdk/client-sfn'),
  '@interstate/aws': () => import('@interstate/aws'),
  '@interstate/core': () => import('@interstate/core'),
  '@interstate/kernel': () => import('@interstate/kernel'),
  '@interstate/runtime': () => import('@interstate/runtime'),
  '@aws-sdk/client-sqs': () => import('@aws-sdk/client-sqs'),
  '@interstate/states': () => import('@interstate/states'),
  '@interstate/testing': () => import('@interstate/testing'),
  'node:assert/strict': async () => ({ assert }),
  'node:fs': () => import('node:fs'),
};

// Pages whose packages have tests of their own for what they show, with clients and servers a page only alludes to.
const runs = /^(?:README\.md|CONTRIBUTING\.md|docs\/.*|packages\/(?:kernel|core|runtime|states|interstate)\/README\.md)$/;

const pages = listPages();
const blocks = pages.filter(({ path }) => runs.test(path)).flatMap(codeBlocks);

/** What a block says it prints, `console.log(…); // this`, an ellipsis standing for anything. */
function printed(code: string): RegExp[] {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(({ 1: said = '' }) => {
    const pieces = said.split(/'?…'?/).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${pieces.join('.+')}$`);
  });
}

describe('documentation', () => {
  it('has code to run', () => expect(blocks.length).toBeGreaterThan(10));

  it.each(blocks)('runs: $name', async ({ code }) => {
    const tests: (() => unknown)[] = [];
    const load = (name: string): object => {
      if (name === 'vitest') return { expect, test: (_name: string, body: () => unknown) => tests.push(body) };
      const module = MODULES[name];
      assert.ok(module, `a block imports '${name}', which pages.test.ts does not offer`);
      return module();
    };
    const { code: script } = await transform(code, { loader: 'ts', target: 'node20', tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } });
    const body = script
      .replaceAll(/^import \{([^}]*)\} from "([^"]+)";$/gm, (_all, names: string, from: string) => `const {${names.replaceAll(' as ', ': ')}} = await load('${from}');`)
      .replaceAll(/^import (\w+) from "([^"]+)";$/gm, (_all, name: string, from: string) => `const { ${name} } = await load('${from}');`);
    const AsyncFunction = (async () => undefined).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;
    const logged: string[] = [];
    const console = { log: (...values: unknown[]) => void logged.push(format(...values).replaceAll(/\s+/g, ' ')) };
    await new AsyncFunction('load', 'console', body)(load, console);
    for (const test of tests) await test();
    for (const said of printed(code)) expect(logged).toContainEqual(expect.stringMatching(said));
  });

  it.each(pages)('links of $path lead somewhere', (page) => expect(brokenLinks(page)).toEqual([]));
});
