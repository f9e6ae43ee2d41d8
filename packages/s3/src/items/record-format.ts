import type { Json } from '@interstate/kernel';
import type { ByteWindow } from './byte-window.ts';

/** What a look at the window found: an item, a record that is none, that more bytes are needed, or that the items are over. */
export type Found = { readonly item: Json } | 'skipped' | 'more' | 'end';

/** How a content is cut into items. */
export interface RecordFormat {
  /**
   * Reads what stands before the items (a header, the way to an array). Called once with a window at the start of the content, and never
   * when reading goes on from a cursor. Ends with `skipped` when the window stands before the first item.
   */
  begin?(window: ByteWindow): 'more' | 'skipped' | 'end';
  /** Reads one record at `window.start` and moves it on. @throws ReaderFault */
  read(window: ByteWindow): Found;
}

/** Skips a UTF-8 byte order mark; needs a window at the start of the content. */
export function skipByteOrderMark(window: ByteWindow): 'more' | 'skipped' {
  if (window.end < 3 && !window.last) return 'more';
  const { bytes } = window;
  if (window.end >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) window.start = 3;
  return 'skipped';
}
