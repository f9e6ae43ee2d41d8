import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@interstate/kernel';
import { matchesGlob, parseGlob } from './glob.ts';
import { evaluatePolicy, mayCall, type PolicyRequest } from './may-call.ts';
import { parsePolicy, type Policy } from './policy.ts';

interface Case {
  readonly description: string;
  readonly version?: string;
  readonly statement?: object | readonly object[];
  readonly condition?: object;
  readonly caller?: null;
  readonly principalArn?: string;
  readonly keys?: Record<string, string>;
  readonly then: string;
}

const cases = JSON.parse(readFileSync(new URL('../../cases/policy.json', import.meta.url), 'utf8')) as Case[];

const ACCOUNT = '123456789012';
const RESOURCE = 'arn:aws:sqs:us-east-1:123456789012:q';
const TOPIC = { service: 'sns.amazonaws.com', sourceArn: 'arn:aws:sns:us-east-1:123456789012:t', account: ACCOUNT };
const SEND: PolicyRequest = { action: 'sqs:SendMessage', resource: RESOURCE, account: ACCOUNT, caller: TOPIC, now: Date.UTC(2026, 0, 1) };
const OWN: PolicyRequest = { ...SEND, caller: undefined };
const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: RESOURCE };

function policyOf(statements: readonly object[], version?: string): Policy {
  const withoutNulls = statements.map((each) => Object.fromEntries(Object.entries({ ...STATEMENT, ...each }).filter(([, value]) => value !== null)));
  const policy = parsePolicy(JSON.stringify({ Version: version, Statement: withoutNulls }));
  if ('fault' in policy) throw new Error(policy.fault);
  return policy;
}

describe('evaluatePolicy', () => {
  for (const { description, version, statement = {}, condition, caller, principalArn, keys, then } of cases) {
    it(description, () => {
      const statements = [statement].flat().map((each) => ({ ...each, ...(condition && { Condition: condition }) }));
      const request = { ...SEND, ...(caller === null && { caller: undefined }), ...(principalArn !== undefined && { principalArn }), ...(keys && { keys }) };
      expect(evaluatePolicy(policyOf(statements, version), request)).toBe(then);
    });
  }
});

describe('mayCall', () => {
  const foreign = { ...SEND, caller: { ...TOPIC, account: '210987654321' } };
  const deny = policyOf([{ Effect: 'Deny' }]);
  const elsewhere = policyOf([{ Resource: `${RESOURCE}2` }]);
  const rows: readonly [string, Policy | undefined, PolicyRequest, boolean, boolean][] = [
    ['a service of the account, no policy', undefined, SEND, false, true],
    ['a service of the account, no policy, enforced', undefined, SEND, true, false],
    ['a service for another account, no policy', undefined, foreign, false, false],
    ['a service for another account, allowed', policyOf([{}]), foreign, true, true],
    ['a service the policy does not speak of', elsewhere, SEND, false, false],
    ['a service that is denied', deny, SEND, false, false],
    ['a mapping of the account, no policy, enforced', undefined, { ...SEND, caller: { ...TOPIC, service: 'lambda.amazonaws.com' } }, true, true],
    ['a pipe the policy does not speak of', elsewhere, { ...SEND, caller: { ...TOPIC, service: 'pipes.amazonaws.com' } }, true, true],
    ['a pipe of another account', undefined, { ...SEND, caller: { ...TOPIC, service: 'pipes.amazonaws.com', account: '210987654321' } }, false, false],
    ['a mapping, denied', deny, { ...SEND, caller: { ...TOPIC, service: 'lambda.amazonaws.com' } }, false, false],
    ['the application, no policy', undefined, OWN, true, true],
    ['the application the policy does not speak of', elsewhere, OWN, true, true],
    ['the application, denied', deny, OWN, false, false],
    ['a role of another account, no policy', undefined, { ...OWN, principalArn: 'arn:aws:iam::210987654321:role/r' }, false, false],
    ['a role of another account, allowed', policyOf([{}]), { ...OWN, principalArn: 'arn:aws:iam::210987654321:role/r' }, false, true],
  ];
  for (const [description, policy, request, enforce, then] of rows) {
    it(`${description}: ${then ? 'yes' : 'no'}`, () => expect(mayCall(policy, request, { enforce })).toBe(then));
  }
});

describe('parsePolicy refuses', () => {
  const statement = (part: object): string => JSON.stringify({ Statement: [{ ...STATEMENT, ...part }] });
  const rows: readonly [string, string, string][] = [
    ['no JSON', '{', 'not valid JSON'],
    ['a list', '[]', 'must be a JSON object'],
    ['no statement', '{}', 'has no Statement'],
    ['an empty list', '{"Statement":[]}', 'has no Statement'],
    ['a text for a statement', '{"Statement":["x"]}', 'must be an object'],
    ['an unknown version', '{"Version":"2026-01-01","Statement":{}}', 'Version must be'],
    ['an unknown element', '{"Statements":[]}', 'unknown element Statements'],
    ['__proto__', '{"__proto__":1,"Statement":[]}', 'unknown element __proto__'],
    ['an unknown effect', statement({ Effect: 'allow' }), 'Effect must be'],
    ['two kinds of principal', statement({ NotPrincipal: '*' }), 'one of Principal and NotPrincipal'],
    ['no action', statement({ Action: [] }), 'Action must be'],
    ['an action without service', statement({ Action: 'SendMessage' }), 'Action must be'],
    ['a resource that is none', statement({ Resource: 'q' }), 'Resource must be'],
    ['a principal that is none', statement({ Principal: 'me' }), 'Principal must be'],
    ['a kind of principal that is none', statement({ Principal: { Group: 'g' } }), 'Principal must be'],
    ['an unknown operator', statement({ Condition: { StringIs: { a: 'b' } } }), 'Unknown condition operator StringIs'],
    ['an inherited operator', statement({ Condition: { constructor: { a: 'b' } } }), 'Unknown condition operator constructor'],
    ['a number that is none', statement({ Condition: { NumericEquals: { a: 'b' } } }), 'cannot take the value b'],
    ['a range that is none', statement({ Condition: { IpAddress: { a: '1.2.3.4/33' } } }), 'cannot take the value'],
    ['an address of too many groups', statement({ Condition: { IpAddress: { a: '1:2:3:4:5:6:7::8' } } }), 'cannot take the value'],
    ['an ARN that is none', statement({ Condition: { ArnEquals: { a: 'arn:aws:sns' } } }), 'cannot take the value'],
    ['objects as values', statement({ Condition: { StringEquals: { a: [{}] } } }), 'must be strings'],
  ];
  for (const [description, text, fault] of rows) {
    it(description, () => expect((parsePolicy(text) as { fault: string }).fault).toContain(fault));
  }
});

describe('hostile policies', () => {
  it('are answered, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const statement = { ...STATEMENT, Condition: { StringEquals: value as Json } };
        for (const document of [value, { Statement: value }, { Statement: [statement] }, { Statement: { ...STATEMENT, Principal: value } }]) {
          const policy = parsePolicy(JSON.stringify(document));
          if (!('fault' in policy)) evaluatePolicy(policy, SEND);
        }
      }),
    );
  });

  it('too long or too deep are refused', () => {
    expect(parsePolicy('x'.repeat(10_000_000))).toHaveProperty('fault');
    expect(parsePolicy(`{"Statement":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)).toHaveProperty('fault');
  });

  it('cost no more than their length times that of the text', () => {
    const resource = `arn:${'*a'.repeat(12_000)}b`;
    const variables = `arn:${'${'.repeat(12_000)}`;
    const policy = policyOf([{ Resource: [resource, variables] }], '2012-10-17');
    expect(evaluatePolicy(policy, { ...SEND, resource: `arn:${'a'.repeat(2_000)}` })).toBe('noStatement');
    expect(evaluatePolicy(policyOf([{ Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:${'${'.repeat(20_000)}::::` } } }], '2012-10-17'), SEND)).toBe('noStatement');
  });

  it('match wildcards as the plain definition does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const matches = (glob: string, text: string): boolean => {
      if (glob === '') return text === '';
      if (glob[0] === '*') return matches(glob.slice(1), text) || (text !== '' && matches(glob, text.slice(1)));
      return text !== '' && (glob[0] === '?' || glob[0] === text[0]) && matches(glob.slice(1), text.slice(1));
    };
    fc.assert(fc.property(letters, letters, (glob, text) => matchesGlob(parseGlob(glob, { variables: false }), text, () => undefined) === matches(glob, text)));
  });
});
