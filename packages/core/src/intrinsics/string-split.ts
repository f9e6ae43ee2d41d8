import { asString } from './argument.ts';
import type { FixedIntrinsic } from './intrinsic.ts';

/** `States.StringSplit(text, delimiters)`: the parts between delimiters, each character of which is one; empty parts are left out. */
export const stringSplit: FixedIntrinsic = {
  name: 'States.StringSplit',
  parameters: ['string', 'delimiters'],
  evaluate(value, separators) {
    const text = asString(value, 'string');
    const delimiters = new Set(asString(separators, 'delimiters'));
    const parts: string[] = [];
    let from = 0;
    let at = 0;
    for (const char of text) {
      if (delimiters.has(char)) {
        if (at > from) parts.push(text.slice(from, at));
        from = at + char.length;
      }
      at += char.length;
    }
    if (at > from) parts.push(text.slice(from));
    return parts;
  },
};
