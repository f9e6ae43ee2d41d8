import type { Placeholder } from '@interstate/templates';
import { expect, it } from 'vitest';
import { matchFunctions, nameOf } from './match-functions.ts';

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const placeholder = (value: string, logicalId?: string): Placeholder => ({ text: '${X}', value, pointer: '/States/T/Resource', ...(logicalId !== undefined && { logicalId }) });

it.each<{ what: string; given: string[]; wanted: string; placeholders?: Placeholder[]; found: string | undefined }>([
  { what: 'the name', given: ['ship', 'f'], wanted: arn('f'), found: 'f' },
  { what: 'the name, whatever the alias', given: ['f'], wanted: arn('f:PROD'), found: 'f' },
  { what: 'the ARN', given: [arn('f')], wanted: arn('f'), found: arn('f') },
  { what: 'a placeholder that stayed', given: ['Ship'], wanted: '${Ship.Arn}', found: 'Ship' },
  { what: 'a registered placeholder', given: ['${Ship}'], wanted: arn('Ship'), found: '${Ship}' },
  { what: 'the logical id', given: ['ShipFunction'], wanted: arn('prod-ship'), placeholders: [placeholder(arn('prod-ship'), 'ShipFunction')], found: 'ShipFunction' },
  { what: 'the id in CDK code', given: ['Ship'], wanted: arn('Ship1A2B3C4D'), placeholders: [placeholder(arn('Ship1A2B3C4D'), 'Ship1A2B3C4D')], found: 'Ship' },
  { what: 'the text of the placeholder', given: ['X'], wanted: arn('prod-x'), placeholders: [placeholder(arn('prod-x'))], found: 'X' },
  { what: 'another way to write the name', given: ['chargeCard'], wanted: arn('charge-card'), found: 'chargeCard' },
  { what: 'the exact one of two that are alike', given: ['chargecard', 'chargeCard'], wanted: arn('chargeCard'), found: 'chargeCard' },
  { what: 'none of two that are alike', given: ['chargecard', 'chargeCard'], wanted: arn('charge-card'), found: undefined },
  { what: 'no name that only looks hashed', given: ['Ship'], wanted: arn('Ship1A2B3C4D'), found: undefined },
  { what: 'nothing for names of Object', given: ['f'], wanted: arn('constructor'), found: undefined },
])('finds a function by $what', ({ given, wanted, placeholders = [], found }) => {
  const handlers = Object.fromEntries(given.map((name) => [name, () => name]));
  const { functions, missing } = matchFunctions(handlers, [{ stateName: 'T', resource: wanted, functionName: wanted }], placeholders);
  if (found === undefined) expect(missing.map(({ functionName }) => functionName)).toEqual([wanted]);
  else {
    expect(missing).toEqual([]);
    const handler = Object.entries(functions).find(([name]) => name === wanted || nameOf(name) === nameOf(wanted))?.[1] as (() => string) | undefined;
    expect(handler?.()).toBe(found);
  }
});
