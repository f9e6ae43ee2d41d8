import { isEventObject, type EventObject } from '../values/event-text.ts';

export interface PolicyShape {
  /** Keys at the top, `$or` counted as one. */
  readonly keys: number;
  /** Some key holds an object. */
  readonly isNested: boolean;
  /** Over all keys the product of how many values they have times how deep they lie; the objects of an `$or` add up. */
  readonly combinations: number;
}

/** What SNS limits of a filter policy that is well formed. */
export function policyShape(policy: EventObject): PolicyShape {
  const values = Object.values(policy);
  return { keys: values.length, isNested: values.some(isEventObject), combinations: combinationsOf(policy, 1) };
}

function combinationsOf(policy: EventObject, depth: number): number {
  let combinations = 1;
  for (const [key, value] of Object.entries(policy)) {
    if (isEventObject(value)) combinations *= combinationsOf(value, depth + 1);
    else if (!Array.isArray(value)) continue;
    else if (key === '$or' && value.every(isEventObject)) combinations *= value.reduce((sum: number, branch) => sum + combinationsOf(branch, depth), 0);
    else combinations *= value.length * depth;
  }
  return combinations;
}
