import type { CaseFolding } from './case-folding.ts';
import { RegexSyntaxError } from './errors.ts';

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Strict syntax, whole code points. */
  readonly unicode: boolean;
  /** White space and `#` comments in the pattern mean nothing, as in Java. */
  readonly extended: boolean;
  /** Java's ways where they differ for ordinary patterns: ASCII `\s` and case folding, `\p{…}` without `u`, inline flags `(?i)`. */
  readonly java: boolean;
  /** `\d \s \w` by Unicode property, as Java's flag `U`. */
  readonly unicodeClasses: boolean;
  /** A character is a code point, not a code unit. */
  readonly codePoints: boolean;
}

/** @throws RegexSyntaxError for a flag that is unknown or given twice. */
export function parseFlags(flags: string): RegexFlags {
  for (let index = 0; index < flags.length; index++) {
    const flag = flags.charAt(index);
    if (!'dgimsuxjU'.includes(flag) || flags.includes(flag, index + 1)) {
      throw new RegexSyntaxError(`Invalid regular expression flags '${flags.slice(0, 20)}'`);
    }
  }
  return {
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
    unicode: flags.includes('u'),
    extended: flags.includes('x'),
    java: flags.includes('j'),
    unicodeClasses: flags.includes('U'),
    codePoints: flags.includes('u') || flags.includes('j'),
  };
}

/** How characters are compared, undefined for exactly. */
export function foldingOf(flags: RegexFlags): CaseFolding | undefined {
  if (!flags.ignoreCase) return undefined;
  if (flags.unicode || flags.unicodeClasses) return 'unicode';
  return flags.java ? 'ascii' : 'unit';
}
