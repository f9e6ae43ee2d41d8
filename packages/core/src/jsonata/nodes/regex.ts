import { compileRegex, RegexSyntaxError, type Regex } from '../../regex/compile.ts';
import type { Node } from '../ast.ts';
import { failAt } from '../errors.ts';
import type { Evaluate } from '../frame.ts';
import { regexFunction } from '../functions/matcher.ts';

/** A regular expression literal: a matcher function. The parser's native RegExp only supplies the text; it is never run. */
export function compileRegexLiteral(node: Node): Evaluate {
  const literal = node.value as { source?: string; flags?: string };
  let regex: Regex | undefined;
  return () => {
    regex ??= compileLiteral(literal, node.position);
    return regexFunction(regex, node.position);
  };
}

function compileLiteral({ source = '(?:)', flags = '' }: { source?: string; flags?: string }, position: number | undefined): Regex {
  try {
    return compileRegex(source, flags.replaceAll('g', ''));
  } catch (error) {
    if (error instanceof RegexSyntaxError) return failAt(position, 'S0201', {}, source);
    throw error;
  }
}
