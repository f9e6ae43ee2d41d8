import { fail } from '../errors.ts';
import { isFunction, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { matchesOf, type Match } from './matcher.ts';

type TextOrFunction = string | FunctionValue;

/** `$replace(text, pattern, replacement, limit)`. */
export function replace(run: Run, text?: string, pattern?: TextOrFunction, replacement?: TextOrFunction, limit?: number): string | undefined {
  if (text === undefined) return undefined;
  if (pattern === '') fail('D3010', { value: pattern, index: 2 });
  if (limit !== undefined && limit < 0) fail('D3011', { value: limit, index: 4 });
  if (limit !== undefined && limit <= 0) return text;
  const parts: string[] = [];
  let length = 0;
  let from = 0;
  const add = (part: string) => {
    length += part.length;
    run.checkText(length);
    parts.push(part);
  };
  if (!isFunction(pattern)) {
    const wanted = pattern as string;
    let at = text.indexOf(wanted);
    for (let count = 0; at >= 0 && (limit === undefined || count < limit); count++) {
      run.charge(1);
      add(text.slice(from, at));
      add(String(replacement));
      from = at + wanted.length;
      at = text.indexOf(wanted, from);
    }
  } else {
    for (const found of matchesOf(run, pattern, text, limit)) {
      add(text.slice(from, found.start));
      const put = isFunction(replacement) ? replacement([found], null, run) : expand(replacement as string, found);
      add(typeof put === 'string' ? put : fail('D3012', { value: put }));
      from = found.start + found.match.length;
    }
  }
  add(text.slice(from));
  return parts.join('');
}

/** `$1`, `$12` are groups, as many digits as can name one; `$0` the whole match, `$$` a dollar sign. */
function expand(replacement: string, { match, groups }: Match): string {
  let text = '';
  let from = 0;
  for (let at = replacement.indexOf('$'); at >= 0; at = replacement.indexOf('$', from)) {
    text += replacement.slice(from, at);
    from = at + 1;
    const next = replacement[from];
    if (next === '$') {
      text += '$';
      from++;
    } else if (next === '0') {
      text += match;
      from++;
    } else {
      const group = groupNumber(replacement, from, groups.length);
      if (Number.isNaN(group)) text += '$';
      else {
        const part = groups[group - 1];
        if (part !== undefined) text += String(part);
        from += String(group).length;
      }
    }
  }
  return text + replacement.slice(from);
}

function groupNumber(replacement: string, at: number, groups: number): number {
  const digits = groups === 0 ? 1 : Math.floor(Math.log10(groups)) + 1;
  const number = Number.parseInt(replacement.slice(at, at + digits), 10);
  return digits > 1 && number > groups ? Number.parseInt(replacement.slice(at, at + digits - 1), 10) : number;
}
