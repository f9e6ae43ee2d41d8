import { tokenize, type Token } from './tokens.ts';

/** Thrown while a pattern is read; `parsePattern` makes it the service's answer. */
export class PatternFault extends Error {
  /** False for reasons that the service finds outside the text's reader: they have no place. */
  readonly isPlaced: boolean;
  constructor(reason: string, isPlaced: boolean) {
    super(reason);
    this.isPlaced = isPlaced;
  }
}

/** The tokens of a pattern, one after another. A mistake in the JSON is met only when reading comes to it, as the service does. */
export class TokenReader {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  /** By index of an opening bracket, that behind its closing one. */
  readonly #behind: readonly number[];
  #index = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
    this.#behind = matchBrackets(this.#tokens);
  }

  next(): Token {
    const token = this.#tokens[this.#index]!;
    if (token.type !== 'end') this.#index++;
    if (token.type === 'malformed') this.fail(token.text);
    return token;
  }

  /** The type of the token this far ahead, without reading it. */
  peek(ahead: number): Token['type'] {
    return (this.#tokens[this.#index + ahead] ?? this.#tokens.at(-1)!).type;
  }

  peekText(ahead: number): string {
    return this.#tokens[this.#index + ahead]!.text;
  }

  /** How far ahead it goes on behind the value that begins this far ahead. */
  behind(ahead: number): number {
    const at = this.#index + ahead;
    return (this.#behind[at] ?? at + 1) - this.#index;
  }

  fail(reason: string, isPlaced = true): never {
    throw new PatternFault(reason, isPlaced);
  }

  /** Where reading has come to, as the service's reader says it. */
  place(): string {
    const end = this.#tokens[Math.max(0, this.#index - 1)]!.end;
    const before = this.#source.slice(0, end);
    const line = before.split('\n').length;
    const shown = this.#source.length > 500 ? `"${this.#source.slice(0, 500)}"[truncated ${this.#source.length - 500} chars]` : `"${this.#source}"`;
    return `\n at [Source: (String)${shown}; line: ${line}, column: ${end - before.lastIndexOf('\n')}]`;
  }
}

function matchBrackets(tokens: readonly Token[]): number[] {
  const behind: number[] = Array.from({ length: tokens.length });
  const open: number[] = [];
  for (const [index, { type }] of tokens.entries()) {
    behind[index] = index + 1;
    if (type === '{' || type === '[') open.push(index);
    else if (type === '}' || type === ']') behind[open.pop()!] = index + 1;
  }
  // What is never closed reaches to the mistake.
  for (const index of open) behind[index] = tokens.length - 1;
  return behind;
}
