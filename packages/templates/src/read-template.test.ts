import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isTemplateError, readDefinition, readTemplate, type TemplateOptions } from './index.ts';

interface Case {
  readonly description: string;
  readonly given: { readonly text?: string; readonly file?: string; readonly object?: object; readonly options?: TemplateOptions };
  readonly then?: { readonly stateMachines: readonly object[]; readonly unused?: readonly string[] };
  readonly error?: { readonly code: string; readonly message: string };
}

const folder = new URL('../cases/', import.meta.url);
const readCase = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((file) => (JSON.parse(readCase(file)) as Case[]).map((item) => [file.replace('.json', ''), item.description, item] as const));

describe('readTemplate', () => {
  it.each(cases)('%s: %s', (_file, _description, { given, then, error }) => {
    expect(outcome(given)).toStrictEqual(then === undefined ? error : { unused: [], ...then });
  });
});

describe('readDefinition', () => {
  const template = readCase('files/cdk.out/ShopStack.template.json');

  it('takes the only state machine there is', () => {
    const { definition, unused } = readDefinition({ StartAt: 'A', States: {} }, { substitutions: { Typo: 1 } });
    expect({ definition, unused }).toStrictEqual({ definition: { StartAt: 'A', States: {} }, unused: ['Typo'] });
  });

  it('names the candidates where there are several', () => {
    expect(() => readDefinition(template)).toThrow(expect.objectContaining({
      code: 'SeveralStateMachines',
      candidates: ['OrderMachine9E8D7C6B', 'FromFile0A1B2C3D'],
      message: 'there are 2 state machines; pick one with logicalId: OrderMachine9E8D7C6B, FromFile0A1B2C3D',
    }));
  });

  it('reads the one that is picked, whatever is wrong with its neighbours', () => {
    expect(readDefinition(template, { logicalId: 'OrderMachine' }).type).toBe('EXPRESS');
    expect(() => readDefinition(template, { logicalId: 'FromFile' })).toThrow(expect.objectContaining({ code: 'RemoteDefinition' }));
  });
});

it('what is exported imports nothing of Node', () => {
  const source = new URL('./', import.meta.url);
  const files = readdirSync(source).filter((name) => !name.endsWith('.test.ts'));
  expect(files.filter((name) => /from '(?:node:|fs|path)/.test(readFileSync(new URL(name, source), 'utf8')))).toEqual([]);
});

function outcome({ text, file, object, options }: Case['given']): object {
  try {
    return file === undefined ? readTemplate(text ?? object ?? {}, options) : readTemplate(readCase(file), { path: file, readFile: readCase, ...options });
  } catch (error) {
    if (!isTemplateError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}
