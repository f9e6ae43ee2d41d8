import { isJsonObject, type Json } from '@interstate/kernel';

type Member = 'a string' | 'a number' | 'any';

/** What a given context object may hold. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, Member>>>> = {
  Execution: { Id: 'a string', Input: 'any', Name: 'a string', RoleArn: 'a string', StartTime: 'a string', RedriveCount: 'a number', RedriveTime: 'a string' },
  State: { EnteredTime: 'a string', Name: 'a string', RetryCount: 'a number' },
  StateMachine: { Id: 'a string', Name: 'a string' },
  Task: { Token: 'a string' },
};

/** What is wrong with a context object given to TestState, as it words it; undefined for one that is right. */
export function contextFault(context: Json): string | undefined {
  if (!isJsonObject(context)) return 'must be an object';
  for (const [part, value] of Object.entries(context)) {
    if (part === 'Map') return "'Map' field is not supported when mocking a Context object";
    if (!Object.hasOwn(MEMBERS, part)) return `Field '${part}' is not allowed`;
    if (!isJsonObject(value)) return `${part} must be an object`;
    const members = MEMBERS[part]!;
    for (const [name, item] of Object.entries(value)) {
      if (!Object.hasOwn(members, name)) return `Field '${name}' is not allowed`;
      const wanted = members[name]!;
      if (wanted !== 'any' && `a ${typeof item}` !== wanted) return `${part}.${name} must be ${wanted}`;
    }
  }
  return undefined;
}
