import { compileRegex } from '../regex/compile.ts';
import { CharacterIndex } from './character-index.ts';
import { parseDecimal } from './decimal.ts';
import { Failure, JsonPathError, invalid } from './error.ts';
import { checkNesting, isDigit, parsePath } from './parse-path.ts';
import { OPERATORS } from './operators.ts';
import type { Expression, Operand } from './syntax.ts';
import { stringNode } from './value-node.ts';

const RELATION_CHARS = '<>=~!';
const PATTERN_FLAGS = 'dixmsuU';

/** Parses `[?(…)]`. @throws Failure of kind `invalid`. */
export function parseFilter(text: string, nesting: number): Expression {
  const chars = new CharacterIndex(text);
  chars.position = 1;
  chars.end--;
  chars.trim();
  chars.position++;
  chars.trim();
  const parser = new FilterParser(chars, nesting);
  try {
    const expression = parser.readOr();
    chars.skipBlanks();
    if (chars.isInside()) invalid(`Expected end of filter expression instead of: ${chars.text.slice(chars.position, chars.end + 1)}`);
    return expression;
  } catch (thrown) {
    if (thrown instanceof JsonPathError || (thrown instanceof Failure && thrown.kind === 'invalid')) throw thrown;
    return invalid(`Failed to parse filter: ${text}, error on position: ${chars.position}, char: ${chars.current}`);
  }
}

class FilterParser {
  constructor(
    private readonly chars: CharacterIndex,
    private nesting: number,
  ) {}

  readOr(): Expression {
    return this.readChain('or', '||', () => this.readChain('and', '&&', () => this.readTerm()));
  }

  private readChain(kind: 'or' | 'and', operator: string, read: () => Expression): Expression {
    const operands = [read()];
    for (;;) {
      const back = this.chars.position;
      if (!this.chars.accept(operator)) {
        this.chars.position = back;
        return operands.length === 1 ? operands[0]! : { kind, operands };
      }
      operands.push(read());
    }
  }

  private readTerm(): Expression {
    const { chars } = this;
    const back = chars.skipBlanks().position;
    if (chars.current === '!') {
      chars.position++;
      const next = chars.skipBlanks().current;
      if (next !== '$' && next !== '@') {
        checkNesting(++this.nesting);
        const operand = this.readTerm();
        this.nesting--;
        return { kind: 'not', operand };
      }
      chars.position = back;
    }
    if (chars.skipBlanks().current !== '(') return this.readRelation();
    checkNesting(++this.nesting);
    chars.position++;
    const group = this.readOr();
    chars.expect(')');
    this.nesting--;
    return group;
  }

  private readRelation(): Expression {
    const left = this.readOperand();
    const back = this.chars.position;
    try {
      const operator = this.readOperator();
      return { kind: 'relation', left, operator, right: this.readOperand() };
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.kind === 'invalid')) throw thrown;
      this.chars.position = back;
      if (left.kind !== 'path') return invalid('Expected path node');
      return { kind: 'exists', path: left.path, expected: left.expected };
    }
  }

  private readOperator(): string {
    const { chars } = this;
    const start = chars.skipBlanks().position;
    if (RELATION_CHARS.includes(chars.current)) {
      while (chars.isInside() && RELATION_CHARS.includes(chars.current)) chars.position++;
    } else {
      while (chars.isInside() && chars.current !== ' ') chars.position++;
    }
    const written = chars.text.slice(start, chars.position);
    const operator = written.toUpperCase();
    return OPERATORS.has(operator) ? operator : invalid(`Filter operator ${written} is not supported!`);
  }

  private readOperand(): Operand {
    const { chars } = this;
    let first = chars.skipBlanks().current;
    if (first === '!') {
      chars.position++;
      first = chars.skipBlanks().current;
      if (first !== '$' && first !== '@') invalid('Unexpected character: !');
    }
    switch (first) {
      case '$':
      case '@':
        return this.readPath();
      case "'":
      case '"':
        return this.readString(first);
      case 't':
      case 'f':
        return this.readBoolean(first === 't' ? 4 : 5);
      case 'n':
        if (!chars.isInside(chars.position + 3) || !chars.accept('null')) invalid('Expected <null> value');
        return { kind: 'literal', value: null };
      case '{':
        return this.readJson('}');
      case '[':
        return this.readJson(']');
      case '/':
        return this.readPattern();
      default:
        return this.readNumber();
    }
  }

  private readPath(): Operand {
    const { chars } = this;
    const before = chars.indexOfSignificantBefore(chars.position);
    const start = chars.position;
    const dot = chars.text.indexOf('.', start + 1);
    chars.position++;
    while (chars.isInside()) {
      if (chars.current === '[') {
        const close = chars.indexOfClosing(chars.position, ']', false);
        if (close === -1) invalid(`Square brackets does not match in filter ${chars.text}`);
        chars.position = close + 1;
      }
      const isEnd = chars.current === ')' && !this.isCallEnd(dot);
      if (!chars.isInside() || isEnd || chars.current === ' ' || RELATION_CHARS.includes(chars.current)) break;
      chars.position++;
    }
    const path = parsePath(chars.text.slice(start, chars.position), this.nesting);
    return { kind: 'path', path, expected: before === -1 || chars.text[before] !== '!' };
  }

  // A `)` belongs to the path where it closes a call without arguments: `@.a.length()`.
  private isCallEnd(firstDot: number): boolean {
    const open = this.chars.indexOfSignificantBefore(this.chars.position);
    return open !== -1 && this.chars.text[open] === '(' && firstDot !== -1 && firstDot < open;
  }

  private readString(quote: string): Operand {
    const { chars } = this;
    const start = chars.position;
    const close = chars.indexOfUnescaped(quote, start);
    if (close === -1) invalid(`String literal does not have matching quotes. Expected ${quote} in ${chars.text}`);
    chars.position = close + 1;
    return { kind: 'string', text: stringNode(chars.text.slice(start, close + 1)) };
  }

  private readBoolean(length: number): Operand {
    const { chars } = this;
    if (!chars.isInside(chars.position + length - 1)) invalid('Expected boolean literal');
    const text = chars.text.slice(chars.position, chars.position + length);
    if (text !== 'true' && text !== 'false') invalid('Expected boolean literal');
    chars.position += length;
    return { kind: 'literal', value: text === 'true' };
  }

  private readJson(close: string): Operand {
    const { chars } = this;
    const start = chars.position;
    const end = chars.indexOfClosing(start, close, false);
    if (end === -1) invalid(`String not closed. Expected ' in ${chars.text}`);
    chars.position = end + 1;
    return { kind: 'json', text: chars.text.slice(start, end + 1) };
  }

  private readPattern(): Operand {
    const { chars } = this;
    const start = chars.position;
    const close = chars.indexOfUnescaped('/', start);
    if (close === -1) invalid(`Pattern not closed. Expected / in ${chars.text}`);
    let end = close + 1;
    while (chars.isInside(end) && PATTERN_FLAGS.includes(chars.at(end))) end++;
    chars.position = end;
    // A pattern that does not compile fails the whole filter, not only this operand.
    return { kind: 'pattern', regex: compileRegex(chars.text.slice(start + 1, close), javaFlags(chars.text.slice(close + 1, end))) };
  }

  private readNumber(): Operand {
    const { chars } = this;
    const start = chars.position;
    while (chars.isInside() && (isDigit(chars.current) || '-.Ee'.includes(chars.current))) chars.position++;
    const text = chars.text.slice(start, chars.position);
    if (parseDecimal(text) === undefined) throw new Failure('other', `java.lang.NumberFormatException: ${text}`);
    return { kind: 'number', text };
  }
}

/** Java's flags in the matcher's letters. `d` only changes line ends, `u` only how `i` folds; `U` it does not have, and refuses. */
function javaFlags(flags: string): string {
  const known = [...new Set(flags)].filter((flag) => flag !== 'd' && (flag !== 'u' || flags.includes('i')));
  return `j${known.join('')}`;
}
