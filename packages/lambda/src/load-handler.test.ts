import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadHandler, loadHandlers } from './node.ts';
import { lambda } from './index.ts';
import { answerOf, taskCall } from '../test/task-call.ts';

const base = fileURLToPath(new URL('../test/fixtures', import.meta.url));

async function run(handler: string): Promise<unknown> {
  const adapter = lambda({ functions: { f: await loadHandler(handler, base) } });
  const outcome = await answerOf(adapter.tasks?.[0]?.connector, taskCall('arn:aws:states:::lambda:invoke', { FunctionName: 'f', Payload: 1 }));
  return outcome.ok ? (outcome.value as { Payload: unknown }).Payload : outcome.error;
}

describe('loadHandler', () => {
  it('takes functions from ES modules, CommonJS, nested exports and file names with dots', async () => {
    expect(await run('esm.handler')).toEqual({ esm: 1 });
    expect(await run('./esm.nested.deep.run')).toBe('deep');
    expect(await run('plain.fn.handler')).toEqual({ cjs: 1 });
    expect(await run('plain.fn.oddName')).toBe('odd');
  });

  const faults: readonly [string, string][] = [
    ['esm', 'must have the form "path/file.export"'],
    ['missing.handler', 'names no file'],
    ['esm.handlr', 'Did you mean "handler"? It exports: handler.'],
    ['esm.notAFunction', 'is not exported as a function'],
    ['esm.constructor', 'is not exported as a function'],
    ['esm.__proto__.toString', 'is not exported as a function'],
    ['', 'must have the form'],
    ['..', 'must have the form'],
  ];
  for (const [handler, text] of faults) {
    it(`refuses "${handler}"`, async () => {
      await expect(loadHandler(handler, base)).rejects.toThrow(text);
    });
  }
});

describe('loadHandlers', () => {
  it('takes every function of a module', async () => {
    expect(Object.keys(await loadHandlers('esm.mjs', base))).toEqual(['handler']);
    expect(Object.keys(await loadHandlers('plain.fn', base)).sort()).toEqual(['handler', 'oddName']);
  });

  it('says what is wrong', async () => {
    await expect(loadHandlers('nothing', base)).rejects.toThrow('There is no module "nothing"');
  });
});
