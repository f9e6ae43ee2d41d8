import type { Json } from '@interstate/kernel';
import { setJsonKey } from '@interstate/kernel';
import { Failure } from './error.ts';
import type { Value } from './java-value.ts';
import { JavaDouble } from './java-value.ts';

const MAX_DEPTH = 400;

/**
 * Parses JSON as generously as json-smart does in filters and function parameters: single quotes, strings without quotes,
 * superfluous commas, anything after the value. @throws Failure
 */
export function parsePermissiveJson(text: string): Value {
  return new PermissiveParser(text).readValue('', 0);
}

class PermissiveParser {
  private position = 0;

  constructor(private readonly text: string) {}

  /** Reads a value; a string without quotes ends before one of the `stops`. */
  readValue(stops: string, depth: number): Value {
    this.skipWhitespace();
    const char = this.text[this.position];
    switch (char) {
      case undefined:
      case ':':
      case ']':
      case '}':
        return this.fail();
      case '{':
        return this.readObject(depth + 1);
      case '[':
        return this.readArray(depth + 1);
      case '"':
      case "'":
        return this.readString(char);
      default:
        return toScalar(this.readBare(stops));
    }
  }

  private readArray(depth: number): Value {
    if (depth > MAX_DEPTH) this.fail();
    const items: Json[] = [];
    this.position++;
    for (;;) {
      this.skipWhitespace();
      const char = this.text[this.position];
      if (char === ']') {
        this.position++;
        return items;
      }
      if (char === ',') this.position++;
      // Doubles stay marked until the value is handed on.
      else items.push(this.readValue(',]', depth) as Json);
    }
  }

  private readObject(depth: number): Value {
    if (depth > MAX_DEPTH) this.fail();
    const object: Record<string, Json> = {};
    this.position++;
    for (;;) {
      this.skipWhitespace();
      const char = this.text[this.position];
      if (char === '}') {
        this.position++;
        return object;
      }
      if (char === ',') {
        this.position++;
        continue;
      }
      if (char === undefined || '[]{:'.includes(char)) this.fail();
      const key = char === '"' || char === "'" ? this.readString(char) : this.readBare(':');
      this.skipWhitespace();
      if (this.text[this.position++] !== ':') this.fail();
      setJsonKey(object, key, this.readValue(',}', depth) as Json);
    }
  }

  private readString(quote: string): string {
    let result = '';
    for (this.position++; ; this.position++) {
      const char = this.text[this.position];
      if (char === undefined) return this.fail();
      if (char === quote) break;
      if (char === '\\') result += this.readEscape();
      else result += char;
    }
    this.position++;
    return result;
  }

  private readEscape(): string {
    const char = this.text[++this.position];
    switch (char) {
      case 't':
        return '\t';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'b':
        return '\b';
      case 'u':
      case 'x': {
        const length = char === 'u' ? 4 : 2;
        const digits = this.text.slice(this.position + 1, this.position + 1 + length);
        if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) this.fail();
        this.position += length;
        return String.fromCharCode(parseInt(digits, 16));
      }
      default:
        return char === undefined ? this.fail() : "'\"\\/".includes(char) ? char : '';
    }
  }

  private readBare(stops: string): string {
    const start = this.position;
    while (this.position < this.text.length && !stops.includes(this.text[this.position]!)) this.position++;
    return this.text.slice(start, this.position).trim();
  }

  private skipWhitespace(): void {
    while (' \t\n\r'.includes(this.text[this.position] ?? '.')) this.position++;
  }

  private fail(): never {
    throw new Failure('other', `Unexpected token at position ${this.position}.`);
  }
}

function toScalar(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (text === 'NaN') return new JavaDouble(NaN);
  if (text === '-') return 0;
  if (!/^-?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?$/.test(text)) return text;
  const value = Number(text);
  return /[.eE]/.test(text) && !/[.e]/.test(String(value)) ? new JavaDouble(value) : value;
}
