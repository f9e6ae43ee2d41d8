/** A text with wildcards, read once: code units, `*` and `?`, and names of policy variables. */
export type Glob = readonly (number | string)[];

const MANY = -1;
const ONE = -2;

/**
 * Reads a text with `*` (any run of characters) and `?` (one character).
 * @param variables `${aws:SourceAccount}` stands for what the request says (policies of version 2012-10-17), `${*}` for an asterisk
 */
export function parseGlob(text: string, { variables, wildcards = true }: { readonly variables: boolean; readonly wildcards?: boolean }): Glob {
  const glob: (number | string)[] = [];
  const last = variables ? text.lastIndexOf('}') : -1;
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    const end = index < last && char === '$' && text[index + 1] === '{' ? text.indexOf('}', index) : -1;
    if (end > 0) {
      const name = text.slice(index + 2, end);
      glob.push(name === '*' || name === '?' || name === '$' ? name.charCodeAt(0) : name.toLowerCase());
      index = end;
    } else glob.push(wildcards && char === '*' ? MANY : wildcards && char === '?' ? ONE : char.charCodeAt(0));
  }
  return glob;
}

/** True where the text is what the glob says. Never goes back further than to the last `*`. @param valueOf what a variable stands for; undefined matches nothing */
export function matchesGlob(glob: Glob, text: string, valueOf: (variable: string) => string | undefined): boolean {
  const pattern = glob.some((item) => typeof item === 'string') ? filledIn(glob, valueOf) : (glob as readonly number[]);
  if (!pattern) return false;
  let at = 0;
  let position = 0;
  let star = -1;
  let mark = 0;
  while (position < text.length) {
    const item = pattern[at];
    if (item === MANY) {
      star = at++;
      mark = position;
    } else if (item === ONE || item === text.charCodeAt(position)) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++mark;
    } else return false;
  }
  while (pattern[at] === MANY) at++;
  return at === pattern.length;
}

function filledIn(glob: Glob, valueOf: (variable: string) => string | undefined): readonly number[] | undefined {
  const filled: number[] = [];
  for (const item of glob) {
    if (typeof item === 'number') filled.push(item);
    else {
      const value = valueOf(item);
      if (value === undefined) return undefined;
      for (let index = 0; index < value.length; index++) filled.push(value.charCodeAt(index));
    }
  }
  return filled;
}
