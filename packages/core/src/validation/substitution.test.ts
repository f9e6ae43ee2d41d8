import { describe, expect, it } from 'vitest';
import { isSubstituted } from './substitution.ts';

describe('isSubstituted', () => {
  it.each(['${Table}', 'arn:${AWS::Partition}:states', '${Function.Arn}', '${self:service}-${opt:stage}', '${module.a["b"].arn}', '${!Literal}', { Ref: 'Table' }, { 'Fn::GetAtt': ['Function', 'Arn'] }])(
    '%j is still to be filled in',
    (value) => {
      expect(isSubstituted(value)).toBe(true);
    },
  );

  it.each(['', '$', '${', '${}', '$states.input.items${id: $}', '{Table}', 1, null, true, [], {}, { Ref: 'a', b: 1 }, { Fn: 1 }])('%j is what it is', (value) => {
    expect(isSubstituted(value)).toBe(false);
  });
});
