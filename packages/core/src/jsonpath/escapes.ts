import { Failure } from './error.ts';

const ESCAPES: Readonly<Record<string, string>> = { r: '\r', f: '\f', t: '\t', n: '\n', b: '\b' };

/** Undoes backslash escapes as in Java source; an unknown escape stands for its character. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (char !== '\\') {
      result += char;
      continue;
    }
    index++;
    const escaped = text[index];
    if (escaped === undefined) return `${result}\\`;
    if (escaped !== 'u') {
      result += ESCAPES[escaped] ?? escaped;
      continue;
    }
    const digits = text.slice(index + 1, index + 5);
    index += 4;
    if (digits.length < 4) return result;
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Failure('other', `Unable to parse unicode value: ${digits}`);
    result += String.fromCharCode(parseInt(digits, 16));
  }
  return result;
}
