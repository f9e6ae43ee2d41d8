/** `<name>` or `<name:N>`: a value AWS made. */
const PLACEHOLDER = /<[A-Za-z][\w.-]*(?::\d+)?>/g;
const WHOLE = /^<[A-Za-z][\w.-]*(?::\d+)?>$/;

/** What the numbered placeholders of a case stand for, found out as they are met: the same `<name:N>` is the same value. */
export type Bindings = ReadonlyMap<string, string>;

/** True for a text that is one placeholder and nothing else: it stands for any value. */
export function isPlaceholder(text: string): boolean {
  return WHOLE.test(text);
}

/** Matches a whole placeholder against a value's JSON text. Undefined: a numbered one that stands for something else already. */
export function bindWhole(placeholder: string, valueText: string, bindings: Bindings): Bindings | undefined {
  if (!isNumbered(placeholder)) return bindings;
  const known = bindings.get(placeholder);
  if (known === undefined) return new Map(bindings).set(placeholder, valueText);
  return known === valueText ? bindings : undefined;
}

/**
 * Matches a recorded text with placeholders against a text, each standing for any run of characters.
 * Gives the bindings so far with what the numbered ones turned out to be, or undefined where the texts differ.
 */
export function matchText(recorded: string, text: string, bindings: Bindings): Bindings | undefined {
  if (recorded === text) return bindings;
  const names: string[] = [];
  let pattern = '';
  let end = 0;
  for (const { 0: name, index } of recorded.matchAll(PLACEHOLDER)) {
    pattern += literal(recorded.slice(end, index));
    end = index + name.length;
    const seen = names.indexOf(name);
    const known = bindings.get(name);
    if (!isNumbered(name)) pattern += '[^]*?';
    else if (known !== undefined) pattern += literal(textOf(known));
    else if (seen !== -1) pattern += `\\${seen + 1}`;
    else {
      names.push(name);
      pattern += '([^]*?)';
    }
  }
  if (end === 0) return undefined;
  const match = new RegExp(`^${pattern}${literal(recorded.slice(end))}$`).exec(text);
  if (match === null) return undefined;
  if (names.length === 0) return bindings;
  const extended = new Map(bindings);
  for (const [index, name] of names.entries()) extended.set(name, JSON.stringify(match[index + 1]));
  return extended;
}

function isNumbered(placeholder: string): boolean {
  return /:\d+>$/.test(placeholder);
}

/** A bound value as it stands inside a text: strings without their quotes. */
function textOf(valueText: string): string {
  return valueText.startsWith('"') ? (JSON.parse(valueText) as string) : valueText;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
