import type { Json, JsonObject } from '@interstate/kernel';
import { describe, expect, it } from 'vitest';
import { validateDefinition } from '../validation/validate.ts';
import { compileProgram } from './compile.ts';
import { listPoints } from './points.ts';

const definition: JsonObject = {
  StartAt: 'a/b~c',
  States: {
    'a/b~c': { Type: 'Pass', Parameters: { 'x/y.$': '$.x', list: [{ 'z.$': '$$.State.Name' }, '$.literal'] }, InputPath: '$', OutputPath: '$.o', Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'v.$': '$$.Map.Item.Value' },
      MaxConcurrencyPath: '$.n',
      ItemProcessor: {
        StartAt: 'Choose',
        States: {
          Choose: { Type: 'Choice', Choices: [{ Not: { Variable: '$.v', StringEqualsPath: '$.w' }, Next: 'Wait' }], Default: 'Wait' },
          Wait: { Type: 'Wait', QueryLanguage: 'JSONata', Seconds: '{% 1 %}', Output: { text: 'plain', list: ['{% 2 %}'] }, End: true },
        },
      },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { 'e.$': '$.Error' }, Next: 'Stop' }],
      End: true,
    },
    Stop: { Type: 'Fail', CausePath: '$.Cause' },
  },
};

describe('the points of a definition', () => {
  it('are all that can run, by kind and place', () => {
    expect(validateDefinition(definition).diagnostics).toEqual([]);
    const points = listPoints(definition).map(({ kind, pointer }) => `${kind} ${pointer}`);
    const inner = '/States/Each/ItemProcessor/States';
    expect(points.sort()).toEqual(
      [
        'state /States/a~1b~0c',
        'transition /States/a~1b~0c/Next',
        'expression /States/a~1b~0c/Parameters/x~1y.$',
        'expression /States/a~1b~0c/Parameters/list/0/z.$',
        'expression /States/a~1b~0c/OutputPath',
        'state /States/Each',
        'expression /States/Each/ItemsPath',
        'expression /States/Each/ItemSelector/v.$',
        'expression /States/Each/MaxConcurrencyPath',
        'retrier /States/Each/Retry/0',
        'catcher /States/Each/Catch/0',
        'expression /States/Each/Catch/0/Assign/e.$',
        'transition /States/Each/Catch/0/Next',
        `state ${inner}/Choose`,
        `rule ${inner}/Choose/Choices/0`,
        `expression ${inner}/Choose/Choices/0/Not/Variable`,
        `expression ${inner}/Choose/Choices/0/Not/StringEqualsPath`,
        `transition ${inner}/Choose/Choices/0/Next`,
        `transition ${inner}/Choose/Default`,
        `state ${inner}/Wait`,
        `expression ${inner}/Wait/Seconds`,
        `expression ${inner}/Wait/Output/list/0`,
        'state /States/Stop',
        'expression /States/Stop/CausePath',
      ].sort(),
    );
  });

  it('are places of the definition', () => {
    for (const { pointer } of listPoints(definition)) expect(at(definition, pointer), pointer).not.toBeUndefined();
  });

  it('are not told of where nobody asks', () => {
    for (const { visited, left } of compileProgram(definition).groups.flatMap(({ states }) => [...states.values()])) expect([visited, left]).toEqual([undefined, undefined]);
  });
});

function at(value: Json, pointer: string): Json | undefined {
  return pointer.split('/').slice(1).reduce<Json | undefined>((node, key) => (node as JsonObject | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], value);
}
