import { contentText } from '../object-content.ts';
import type { ByteWindow } from './byte-window.ts';
import { ReaderFault } from './reader-fault.ts';

const MAX_KEY_BYTES = 65_536;
const NOT_ITERABLE = 'Attempting to map over non-iterable node.';

/** The reference tokens of a JSON Pointer (RFC 6901). @throws ReaderFault where it is none. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new ReaderFault(`ItemsPointer '${pointer}' is not a JSON Pointer: it must begin with '/'.`);
  return pointer.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * A walk to the array at `pointer` through a document of any size: byte by byte, nothing kept but one key. It is fed windows in order
 * and consumes them; `skipped` says that the window stands behind the array's `[`. Where a key comes twice, the first counts.
 */
export function locateArray(pointer: string): (window: ByteWindow) => 'more' | 'skipped' {
  const tokens = parsePointer(pointer);
  /** Containers around the place that is looked at, and how many of them lie on the way. */
  let depth = 0;
  let entered = 0;
  /** The value to come is the next one on the way. */
  let isNext = true;
  /** Of the innermost container on the way: whether it is an array, where in it we are, whether a key comes next. */
  let inArray = false;
  let index = 0;
  let isKey = false;
  let inString = false;
  let isEscaped = false;
  /** The bytes of a key that has begun, where it matters. */
  let key: number[] | undefined;

  const absent = (): ReaderFault => new ReaderFault(`ItemsPointer '${pointer}' points at nothing in the file.`);

  const stepInString = (byte: number): void => {
    if (isEscaped) isEscaped = false;
    else if (byte === 0x5c) isEscaped = true;
    else if (byte === 0x22) {
      inString = false;
      if (key !== undefined) isNext = keyText(key) === tokens[entered - 1];
      key = undefined;
      return;
    }
    if (key !== undefined && key.length < MAX_KEY_BYTES) key.push(byte);
  };

  /** True when this byte opens the array. */
  const step = (byte: number): boolean => {
    const onPath = depth === entered && !isNext;
    switch (byte) {
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
      case 0x3a:
        return false;
      case 0x5b:
      case 0x7b:
        depth++;
        if (!isNext) return false;
        if (entered === tokens.length) {
          if (byte === 0x7b) throw new ReaderFault(NOT_ITERABLE);
          return true;
        }
        entered++;
        inArray = byte === 0x5b;
        index = 0;
        isNext = inArray && tokens[entered - 1] === '0';
        isKey = !inArray;
        return false;
      case 0x5d:
      case 0x7d:
        if (onPath || isNext) throw absent();
        depth--;
        return false;
      case 0x2c:
        if (!onPath) return false;
        if (inArray) isNext = String(++index) === tokens[entered - 1];
        else isKey = true;
        return false;
    }
    // A number, a literal or a string.
    if (isNext) throw entered === tokens.length ? new ReaderFault(NOT_ITERABLE) : absent();
    if (byte === 0x22) {
      inString = true;
      if (onPath && isKey) key = [];
      isKey &&= !onPath;
    }
    return false;
  };

  return (window) => {
    for (let at = window.start; at < window.end; at++) {
      const byte = window.bytes[at]!;
      if (inString) stepInString(byte);
      else if (step(byte)) {
        window.start = at + 1;
        return 'skipped';
      }
    }
    window.start = window.end;
    if (!window.last) return 'more';
    throw tokens.length === 0 ? new ReaderFault(NOT_ITERABLE) : absent();
  };
}

function keyText(bytes: readonly number[]): string | undefined {
  try {
    return JSON.parse(`"${contentText(Uint8Array.from(bytes))}"`) as string;
  } catch {
    return undefined;
  }
}
