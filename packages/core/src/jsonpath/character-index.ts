import { Failure, invalid } from './error.ts';

/**
 * A reading position over text. Only the space counts as blank, and reading past the text fails as it does in Java,
 * which the filter grammar tells apart from a syntax error.
 */
export class CharacterIndex {
  position = 0;
  /** Index of the last character that belongs to the expression. */
  end: number;

  constructor(readonly text: string) {
    this.end = text.length - 1;
  }

  at(index: number): string {
    if (index < 0 || index >= this.text.length) {
      throw new Failure('bounds', `java.lang.StringIndexOutOfBoundsException: String index out of range: ${index}`);
    }
    return this.text[index]!;
  }

  get current(): string {
    return this.at(this.position);
  }

  isInside(index = this.position): boolean {
    return index >= 0 && index <= this.end;
  }

  get isTail(): boolean {
    return this.position >= this.end;
  }

  trim(): void {
    this.skipBlanks();
    while (this.position < this.end && this.at(this.end) === ' ') this.end--;
  }

  /** Skips blanks, but never the last character. */
  skipBlanks(): this {
    while (this.position < this.end && this.text[this.position] === ' ') this.position++;
    return this;
  }

  /** The first index after another that holds no blank; may lie outside. */
  significantAfter(index: number): number {
    let next = index + 1;
    while (this.isInside(next) && this.text[next] === ' ') next++;
    return next;
  }

  significantCharAfter(index: number): string {
    const next = this.significantAfter(index);
    return this.isInside(next) ? this.text[next]! : ' ';
  }

  /** Where the next significant character is the one asked for, its index, otherwise -1. */
  indexOfSignificant(index: number, char: string): number {
    const next = this.significantAfter(index);
    return this.at(next) === char ? next : -1;
  }

  indexOfSignificantBefore(index: number): number {
    let previous = index - 1;
    while (this.isInside(previous) && this.text[previous] === ' ') previous--;
    return this.isInside(previous) ? previous : -1;
  }

  indexOf(char: string, from: number): number {
    const found = this.text.indexOf(char, from);
    return this.isInside(found) ? found : -1;
  }

  indexOfUnescaped(char: string, after: number): number {
    for (let index = after + 1; this.isInside(index); index++) {
      if (this.text[index] === '\\') index++;
      else if (this.text[index] === char) return index;
    }
    return -1;
  }

  /** The index of the bracket that closes the one at `start`; quoted strings (and patterns) are jumped over. */
  indexOfClosing(start: number, close: string, skipPatterns: boolean): number {
    const open = this.at(start);
    let depth = 1;
    for (let index = start + 1; this.isInside(index); index++) {
      const quote = this.at(index);
      if (quote === "'" || quote === '"') {
        index = this.indexOfUnescaped(quote, index);
        if (index === -1) invalid(`Could not find matching close quote for ${quote} when parsing : ${this.text}`);
        index++;
      }
      if (skipPatterns && this.at(index) === '/') {
        index = this.indexOfUnescaped('/', index);
        if (index === -1) invalid(`Could not find matching close for / when parsing regex in : ${this.text}`);
        index++;
      }
      const char = this.at(index);
      if (char === open) depth++;
      else if (char === close && --depth === 0) return index;
    }
    return -1;
  }

  expect(char: string): void {
    if (this.skipBlanks().current !== char) invalid(`Expected character: ${char}`);
    this.position++;
  }

  /** Consumes the text if it comes next. */
  accept(text: string): boolean {
    this.skipBlanks();
    if (!this.isInside(this.position + text.length - 1) || !this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}
