import type { CharSet } from './char-set.ts';
import { UNBOUNDED, type RegexNode } from './node.ts';
import { Op, type Program } from './program.ts';
import { scanRun } from './run.ts';

/** What a pattern's beginning says about where a match can start. */
export interface StartHint {
  /** A match starts at the start of the text only. */
  readonly anchored: boolean;
  /** Every match starts with this text. */
  readonly prefix: string;
  /** 1 at each ASCII code a match can start with, and at 128 where it can start with another; undefined where a match can be empty. */
  readonly first: Uint8Array | undefined;
  /** The set of a run at the very beginning: where it fails from its first character, it fails from every later one. */
  readonly leadingRun: CharSet | undefined;
}

export function startHint(root: RegexNode, program: Program): StartHint {
  const first = new Uint8Array(129);
  const solid = collectFirst(root, first);
  return {
    anchored: beginsAtTextStart(root),
    prefix: literalPrefix(root),
    first: solid && first.includes(0) ? first : undefined,
    leadingRun: leadingRun(program),
  };
}

function beginsAtTextStart(node: RegexNode): boolean {
  switch (node.type) {
    case 'assertion':
      return node.kind === 'textStart';
    case 'group':
      return beginsAtTextStart(node.body);
    case 'sequence':
      return beginsAtTextStart(node.items[0]!);
    case 'alternation':
      return node.options.every(beginsAtTextStart);
    default:
      return false;
  }
}

function literalPrefix(node: RegexNode): string {
  switch (node.type) {
    case 'char':
      return String.fromCodePoint(node.code);
    case 'group':
      return literalPrefix(node.body);
    case 'sequence': {
      let prefix = '';
      for (const item of node.items) {
        if (item.type !== 'char') return prefix === '' ? literalPrefix(item) : prefix;
        prefix += String.fromCodePoint(item.code);
      }
      return prefix;
    }
    default:
      return '';
  }
}

/** Adds what a match of the node can start with; false where it may consume nothing. */
function collectFirst(node: RegexNode, first: Uint8Array): boolean {
  switch (node.type) {
    case 'char':
      first[Math.min(node.code, 128)] = 1;
      return true;
    case 'set':
      for (let code = 0; code < 128; code++) first[code]! |= node.set.ascii[code]!;
      if (reachesBeyondAscii(node.set)) first[128] = 1;
      return true;
    case 'sequence':
      return node.items.some((item) => collectFirst(item, first));
    case 'alternation':
      return node.options.map((option) => collectFirst(option, first)).every(Boolean);
    case 'group':
      return collectFirst(node.body, first);
    case 'repeat':
      return node.max > 0 && collectFirst(node.body, first) && node.min > 0;
    default:
      return false;
  }
}

function reachesBeyondAscii(set: CharSet): boolean {
  return set.inverted || set.properties.length > 0 || set.folding === 'unicode' || (set.ranges.at(-1) ?? 0) > 127;
}

function leadingRun(program: Program): CharSet | undefined {
  const { code } = program;
  let at = 0;
  while (code[at] === Op.Save) at += 2;
  const unbounded = code[at] === Op.Run && code[at + 2]! <= 1 && code[at + 3] === UNBOUNDED;
  // A back reference may make a later start differ from an earlier one.
  return unbounded && !program.hasBackreference ? program.sets[code[at + 1]!] : undefined;
}

/** The next index where a match can start, -1 where there is none. */
export function nextStart(hint: StartHint, text: string, from: number): number {
  if (hint.anchored) return from === 0 ? 0 : -1;
  if (hint.prefix !== '') return text.indexOf(hint.prefix, from);
  const { first } = hint;
  if (first === undefined) return from;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (first[code < 128 ? code : 128] === 1) return index;
  }
  return -1;
}

export function startAfter(hint: StartHint, text: string, start: number, codePoints: boolean): number {
  const end = hint.leadingRun === undefined ? start : scanRun(hint.leadingRun, text, start, 0, text.length, codePoints);
  return end < text.length && codePoints && text.codePointAt(end)! > 0xffff ? end + 2 : end + 1;
}
