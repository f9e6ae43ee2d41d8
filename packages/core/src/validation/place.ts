/** Where in a definition something is: a chain of keys and indices up to the root. */
export interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
}

export const ROOT: Place = { parent: undefined, key: '' };

export function at(parent: Place, key: string | number): Place {
  return { parent, key };
}

/** The place as Step Functions writes it: `/States/Ask/Choices[0]/Next`; the root is `/`. */
export function locationOf(place: Place): string {
  let text = '';
  for (let here = place; here.parent; here = here.parent) text = (typeof here.key === 'number' ? `[${here.key}]` : `/${here.key}`) + text;
  return text === '' ? '/' : text;
}

/** The place as a JSON Pointer (RFC 6901): `/States/Ask/Choices/0/Next`; the root is empty. */
export function pointerOf(place: Place): string {
  let text = '';
  for (let here = place; here.parent; here = here.parent) {
    text = `/${typeof here.key === 'number' ? here.key : here.key.replaceAll('~', '~0').replaceAll('/', '~1')}${text}`;
  }
  return text;
}

/** Keys and indices from the root to the place. */
export function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let here = place; here.parent; here = here.parent) path.push(here.key);
  return path.reverse();
}

export function placeOf(path: readonly (string | number)[]): Place {
  return path.reduce<Place>(at, ROOT);
}
