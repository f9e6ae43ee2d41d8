import { CharacterIndex } from './character-index.ts';
import { invalid } from './error.ts';
import { isDigit, isWhitespace, parseTrimmedPath } from './parse-path.ts';
import type { Parameter } from './syntax.ts';

/**
 * Reads the parameters of a function call up to its closing `)`: JSON (an object, a number, a double-quoted string)
 * or a path. What starts like neither is passed over, and so is a string with an escaped quote, which never seems to end.
 */
export function parseParameters(chars: CharacterIndex, name: string, nesting: number): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] | undefined;
  let text = '';
  let parens = 1;
  let brackets = 0;
  let braces = 0;
  let quotes = 0;
  let prior = '';
  const finish = (): void => {
    if (kind === 'json') parameters.push({ kind, text });
    if (kind === 'path') parameters.push({ kind, path: parseTrimmedPath(new CharacterIndex(text), nesting + 1) });
    if (kind !== undefined) text = '';
    kind = undefined;
  };

  while (chars.isInside()) {
    const char = chars.current;
    chars.position++;
    if (kind === undefined) {
      if (isWhitespace(char)) continue;
      if (char === '{' || char === '"' || char === '-' || isDigit(char)) kind = 'json';
      else if (char === '$' || char === '@') kind = 'path';
    }
    const isSeparator = (): boolean => quotes === 0 && braces === 0 && brackets === 0;
    switch (char) {
      case '"':
        if (prior !== '\\' && quotes > 0) quotes--;
        else quotes++;
        break;
      case '(':
        parens++;
        break;
      case '{':
        braces++;
        break;
      case '[':
        brackets++;
        break;
      case '}':
        if (braces-- === 0) invalid(`Unexpected close brace '}' at character position: ${chars.position}`);
        break;
      case ']':
        if (brackets-- === 0) invalid(`Unexpected close bracket ']' at character position: ${chars.position}`);
        break;
      case ')':
        parens--;
        if (parens < 0 || prior === '(') text += char;
        if (isSeparator() && parens <= 1 && parens >= 0) {
          finish();
          if (parens === 0) return parameters;
        }
        break;
      case ',':
        if (isSeparator() && parens === 1) finish();
        break;
    }
    if (kind !== undefined && !(char === ',' && braces === 0 && brackets === 0 && parens === 1)) text += char;
    prior = char;
  }
  if (braces !== 0 || parens !== 0 || brackets !== 0) invalid(`Arguments to function: '${name}' are not closed properly.`);
  return parameters;
}
