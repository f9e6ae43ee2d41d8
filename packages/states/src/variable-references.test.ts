import { describe, expect, it } from 'vitest';
import { variableReferences } from './variable-references.ts';

const of = (states: object, more: object = {}): object => variableReferences(JSON.stringify({ StartAt: 'A', States: states, ...more }));

describe('variableReferences', () => {
  it('names what JSONPath fields refer to, in order', () => {
    expect(
      of({
        A: { Type: 'Pass', Assign: { x: 1, 'y.$': '$.y' }, Next: 'B' },
        B: { Type: 'Pass', Parameters: { 'b.$': '$y.deep[0]', 'a.$': "States.Format('$no {}', $x)", text: '$x', 'c.$': '$$.Execution.Id' }, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Not: { Variable: '$x', NumericEqualsPath: '$y' }, Next: 'A' }], Default: 'A' },
      }),
    ).toEqual({ B: ['x', 'y'], C: ['x', 'y'] });
  });

  it('looks into branches and processors, each state by itself', () => {
    const inner = { StartAt: 'I', States: { I: { Type: 'Pass', InputPath: '$outer', End: true } } };
    expect(of({ A: { Type: 'Map', ItemsPath: '$list', ItemProcessor: inner, End: true }, P: { Type: 'Parallel', Branches: [{ StartAt: 'J', States: { J: { Type: 'Pass', OutputPath: '$j', End: true } } }], End: true } })).toEqual({
      A: ['list'],
      I: ['outer'],
      J: ['j'],
    });
  });

  it('leaves out what a JSONata expression brings itself', () => {
    const states = { A: { Type: 'Pass', Assign: { total: 1 }, Next: 'B' }, B: { Type: 'Succeed', Output: '{% ($local := $sum($states.input.n); $local + $total & "$total2") %}' } };
    expect(of(states, { QueryLanguage: 'JSONata' })).toEqual({ B: ['total'] });
  });

  it('takes its time by the length of the text, and names as they are', () => {
    const hostile = JSON.parse('{"__proto__":{"Type":"Pass","InputPath":"$__proto__","End":true}}') as object;
    expect(JSON.stringify(of(hostile))).toBe('{"__proto__":["__proto__"]}');
    const long = { A: { Type: 'Pass', Parameters: { 'x.$': `States.Format('${"\\\\'".repeat(100_000)}` }, End: true } };
    expect(of(long)).toEqual({});
  });
});
