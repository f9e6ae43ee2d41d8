/** A token of TypeScript source, as coarse as finding imports needs. Comments and regular expressions are left out. */
export interface Token {
  readonly kind: 'word' | 'text' | 'sign';
  /** Words and signs as written; texts without their quotes. */
  readonly value: string;
  readonly line: number;
  /** A template with substitutions: no fixed text. */
  readonly computed?: true;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\d[\w.]*/y;
/** After these a slash starts a regular expression; after any other word, text or closing bracket it divides. */
const BEFORE_REGEX = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do', 'yield', 'await', 'instanceof']);

/** Splits source text into words, texts and signs. Broken text gives odd tokens, never a failure. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  scan(source, 0, 1, tokens, false);
  return tokens;
}

/** Reads from `at` to the end, or to the brace that closes a template's substitution; gives the place after and its line. */
function scan(source: string, at: number, line: number, tokens: Token[], inTemplate: boolean): [at: number, line: number] {
  let depth = 0;
  while (at < source.length) {
    const char = source[at]!;
    if (char === '\n') {
      line++;
      at++;
    } else if (/\s/.test(char)) at++;
    else if (source.startsWith('//', at)) at = endOr(source.indexOf('\n', at), source);
    else if (source.startsWith('/*', at)) {
      const end = endOr(source.indexOf('*/', at + 2), source);
      line += count(source, at, end);
      at = end + 2;
    } else if (char === '"' || char === "'") {
      const end = closing(source, at, char);
      tokens.push({ kind: 'text', value: source.slice(at + 1, end), line });
      at = end + 1;
    } else if (char === '`') [at, line] = template(source, at, line, tokens);
    else if (char === '/' && startsRegex(tokens.at(-1))) at = endOfRegex(source, at);
    else if (matchAt(WORD, source, at) !== undefined) {
      const value = matchAt(WORD, source, at)!;
      tokens.push({ kind: 'word', value, line });
      at += value.length;
    } else if (matchAt(NUMBER, source, at) !== undefined) {
      const value = matchAt(NUMBER, source, at)!;
      tokens.push({ kind: 'text', value, line, computed: true });
      at += value.length;
    } else {
      if (char === '{') depth++;
      if (char === '}' && depth-- === 0 && inTemplate) return [at + 1, line];
      tokens.push({ kind: 'sign', value: char, line });
      at++;
    }
  }
  return [at, line];
}

function template(source: string, start: number, line: number, tokens: Token[]): [number, number] {
  const index = tokens.length;
  let at = start + 1;
  let computed = false;
  const startLine = line;
  while (at < source.length && source[at] !== '`') {
    if (source[at] === '\n') line++;
    if (source.startsWith('${', at)) {
      computed = true;
      [at, line] = scan(source, at + 2, line, tokens, true);
    } else at += source[at] === '\\' ? 2 : 1;
  }
  const token: Token = { kind: 'text', value: source.slice(start + 1, at), line: startLine };
  tokens.splice(index, 0, computed ? { ...token, computed } : token);
  return [at + 1, line];
}

function startsRegex(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === 'text') return false;
  return previous.kind === 'word' ? BEFORE_REGEX.has(previous.value) : previous.value !== ')' && previous.value !== ']' && previous.value !== '}';
}

function endOfRegex(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\n') return start + 1;
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return start + 1;
}

function closing(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === quote || source[at] === '\n') return at;
  }
  return source.length;
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

function endOr(index: number, source: string): number {
  return index === -1 ? source.length : index;
}

function count(source: string, from: number, to: number): number {
  let lines = 0;
  for (let at = source.indexOf('\n', from); at !== -1 && at < to; at = source.indexOf('\n', at + 1)) lines++;
  return lines;
}
