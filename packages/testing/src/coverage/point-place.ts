import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';

/** Where something is, as a person says it. */
export interface PointPlace {
  /** The state it is or belongs to. */
  readonly state: string;
  /** The JSON Pointer of that state. */
  readonly statePointer: string;
  /** `Retry[1]`, `Choices[0]/Condition`; empty for the state itself. */
  readonly field: string;
  /** What stands there. */
  readonly value: Json | undefined;
}

const GROUPS: ReadonlySet<string> = new Set(['Branches', 'ItemProcessor', 'Iterator']);

/** Reads the JSON Pointer of something in a definition that can run. */
export function placeOf(definition: JsonObject, pointer: string): PointPlace {
  const tokens = pointer.split('/').slice(1);
  let value: Json | undefined = definition;
  let state = '';
  let stateEnd = 0;
  let field = '';
  /** Above all states of a machine, branch or processor. */
  let outside = true;
  tokens.forEach((token, index) => {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const inList = Array.isArray(value);
    value = inList ? (value as unknown as readonly Json[])[Number(key)] : isJsonObject(value ?? null) ? (value as JsonObject)[key] : undefined;
    if (outside && tokens[index - 1] === 'States' && !inList) {
      state = key;
      stateEnd = index + 1;
      field = '';
      outside = false;
    } else if (index === stateEnd && GROUPS.has(key)) outside = true;
    else if (!outside) field += inList ? `[${key}]` : `${field === '' ? '' : '/'}${key}`;
  });
  return { state, statePointer: `/${tokens.slice(0, stateEnd).join('/')}`, field, value };
}
