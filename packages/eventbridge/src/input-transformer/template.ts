import type { Json } from '@interstate/kernel';

/** Gives the value of a placeholder; undefined where the event has none. */
export type ValueOf = (name: string) => Json | undefined;

/** What a target is given, as text, as a value or both. A text need not be JSON where a text template made it. */
export type Payload = { readonly text: string; readonly value?: Json } | { readonly text?: undefined; readonly value: Json };

export function payloadText({ text, value }: Payload): string {
  return text ?? JSON.stringify(value);
}

/** Undefined: the text is no JSON. */
export function payloadValue({ text, value }: Payload): Json | undefined {
  if (value !== undefined) return value;
  try {
    return JSON.parse(text!) as Json;
  } catch {
    return undefined;
  }
}

export interface Template {
  /** Names between `<` and `>`, in order. */
  readonly placeholders: readonly string[];
  /** Undefined: a JSON template that has become none. */
  fill(valueOf: ValueOf): Payload | undefined;
}

interface Placeholder {
  readonly name: string;
  /** Stands inside quotes. */
  readonly quoted: boolean;
}

/**
 * Compiles an InputTemplate. One that begins with `{` is a JSON template: `<name>` stands for the value as JSON, inside quotes for
 * its bare text, and the whole must be JSON in the end. Anything else is text: values inside quotes lose their own.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function compileTemplate(template: string): Template {
  const isJson = template.trimStart().startsWith('{');
  const { texts, placeholders } = parse(template);
  const write = isJson ? inJson : inText;
  return {
    placeholders: placeholders.map(({ name }) => name),
    fill(valueOf) {
      let text = texts[0]!;
      for (let index = 0; index < placeholders.length; index++) {
        const { name, quoted } = placeholders[index]!;
        text += write(valueOf(name), quoted) + texts[index + 1]!;
      }
      if (!isJson) return { text };
      try {
        return { text, value: JSON.parse(text) as Json };
      } catch {
        return undefined;
      }
    },
  };
}

/** The texts around the placeholders: one more than there are. */
function parse(template: string): { readonly texts: readonly string[]; readonly placeholders: readonly Placeholder[] } {
  const texts: string[] = [];
  const placeholders: Placeholder[] = [];
  let quoted = false;
  let begin = 0;
  for (let at = 0; at < template.length; at++) {
    const char = template.charCodeAt(at);
    if (char === BACKSLASH && quoted) at++;
    else if (char === QUOTE) quoted = !quoted;
    else if (char === LESS) {
      const end = endOfName(template, at + 1);
      if (end === 0) continue;
      texts.push(template.slice(begin, at));
      placeholders.push({ name: template.slice(at + 1, end), quoted });
      begin = end + 1;
      at = end;
    }
  }
  texts.push(template.slice(begin));
  return { texts, placeholders };
}

const QUOTE = 0x22;
const LESS = 0x3c;
const GREATER = 0x3e;
const BACKSLASH = 0x5c;
const LONGEST_NAME = 256;

/** Where the `>` after a name stands; 0 where there is no name. */
function endOfName(template: string, from: number): number {
  const limit = Math.min(template.length, from + LONGEST_NAME + 1);
  for (let at = from; at < limit; at++) {
    const char = template.charCodeAt(at);
    if (char === GREATER) return at > from ? at : 0;
    if (char <= 0x20 || char === LESS || char === QUOTE) return 0;
  }
  return 0;
}

function inJson(value: Json | undefined, quoted: boolean): string {
  if (!quoted) return JSON.stringify(value ?? (value === undefined ? '' : null));
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function inText(value: Json | undefined, quoted: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  return quoted && typeof value === 'object' ? text.replaceAll('"', '') : text;
}
