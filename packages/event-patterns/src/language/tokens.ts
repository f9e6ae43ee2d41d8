import { numberEnd, skipSpace, stringEnd, stringValue } from '../values/json-lexis.ts';

/** What a JSON text consists of, with numbers as written. Names are told from strings; commas and colons are gone. */
export interface Token {
  readonly type: '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'malformed' | 'end';
  /** A string's value, a number's text, what is wrong. */
  readonly text: string;
  /** Index behind its last character. */
  readonly end: number;
}

/** Levels of nesting that the service's JSON reader takes. */
const MAX_DEPTH = 1000;
const LITERALS = ['true', 'false', 'null'] as const;

/** All tokens of a text; where it is not JSON, those before the mistake and then `malformed`, in the words of the service's reader. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const open: ('{' | '[')[] = [];
  let index = 0;
  /** What may come: a value, a name, or what goes on behind a value. */
  let awaits: 'value' | 'first-value' | 'first-name' | 'name' | 'behind' = 'value';
  const push = (type: Token['type'], text: string, end: number): void => {
    tokens.push({ type, text, end });
    index = end;
  };
  const fail = (reason: string): Token[] => {
    tokens.push({ type: 'malformed', text: reason, end: Math.min(index + 1, source.length) });
    return tokens;
  };
  for (;;) {
    index = skipSpace(source, index);
    const char = source[index];
    const top = open.at(-1);
    if (char === undefined) {
      if (awaits === 'behind' && top === undefined) {
        push('end', '', index);
        return tokens;
      }
      return fail(top === undefined ? 'No content to map due to end-of-input' : `Unexpected end-of-input: expected close marker for ${top === '{' ? 'Object' : 'Array'}`);
    }
    if (awaits === 'behind') {
      // The service's reader stops at the end of the pattern; what follows is not looked at.
      if (top === undefined) {
        push('end', '', index);
        return tokens;
      }
      if (char === ',') {
        index++;
        awaits = top === '{' ? 'name' : 'value';
        continue;
      }
      if (char !== (top === '{' ? '}' : ']')) return fail(`Unexpected character (${shownChar(char)}): was expecting comma to separate ${top === '{' ? 'Object' : 'Array'} entries`);
    }
    if ((char === '}' && top === '{' && (awaits === 'behind' || awaits === 'first-name')) || (char === ']' && top === '[' && (awaits === 'behind' || awaits === 'first-value'))) {
      open.pop();
      push(char, char, index + 1);
      awaits = 'behind';
      continue;
    }
    if (awaits === 'name' || awaits === 'first-name') {
      if (char !== '"') return fail(`Unexpected character (${shownChar(char)}): was expecting double-quote to start field name`);
      const string = readString(source, index);
      if (string === undefined) return fail('Unexpected end-of-input in field name');
      push('name', string.value, string.end);
      index = skipSpace(source, index);
      if (source[index] !== ':') return fail(index < source.length ? `Unexpected character (${shownChar(source[index]!)}): was expecting a colon to separate field name and value` : 'Unexpected end-of-input within/between Object entries');
      index++;
      awaits = 'value';
      continue;
    }
    if (char === '{' || char === '[') {
      if (open.length === MAX_DEPTH) return fail(`Document nesting depth (${MAX_DEPTH + 1}) exceeds the maximum allowed (${MAX_DEPTH}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`);
      open.push(char);
      push(char, char, index + 1);
      awaits = char === '{' ? 'first-name' : 'first-value';
      continue;
    }
    awaits = 'behind';
    if (char === '"') {
      const string = readString(source, index);
      if (string === undefined) return fail('Unexpected end-of-input: was expecting closing quote for a string value');
      push('string', string.value, string.end);
      continue;
    }
    const end = numberEnd(source, index);
    if (end > index) {
      push('number', source.slice(index, end), end);
      continue;
    }
    const literal = LITERALS.find((word) => source.startsWith(word, index));
    if (literal === undefined) return fail(unexpectedValue(source, index));
    push(literal, literal, index + literal.length);
  }
}

function unexpectedValue(source: string, index: number): string {
  const [word] = /^\w*/.exec(source.slice(index, index + 40))!;
  return word === ''
    ? `Unexpected character (${shownChar(source[index]!)}): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`
    : `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
}

function shownChar(char: string): string {
  return `'${char}' (code ${char.charCodeAt(0)})`;
}

function readString(source: string, start: number): { readonly value: string; readonly end: number } | undefined {
  const end = stringEnd(source, start);
  return end < 0 ? undefined : { value: stringValue(source, start, end), end };
}
