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
  /** Java's ways where they differ for ordinary patterns: ASCII case folding, `\p{…}` without `u`, inline flags `(?i)`. */
  readonly java: boolean;
  /** A character is a code point, not a code unit. */
  readonly codePoints: boolean;
}

/** @throws RegexSyntaxError for a flag that is unknown or given twice. */
export function parseFlags(flags: string): RegexFlags {
  for (let index = 0; index < flags.length; index++) {
    const flag = flags.charAt(index);
    if (!'dgimsuxj'.includes(flag) || flags.includes(flag, index + 1)) {
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
    codePoints: flags.includes('u') || flags.includes('j'),
  };
}

/** How characters are compared, undefined for exactly. */
export function foldingOf(flags: RegexFlags): CaseFolding | undefined {
  if (!flags.ignoreCase) return undefined;
  if (flags.unicode) return 'unicode';
  return flags.java ? 'ascii' : 'unit';
}
