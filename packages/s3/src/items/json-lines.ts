import { windowText } from './byte-window.ts';
import { parseItem } from './parse-item.ts';
import { skipByteOrderMark, type RecordFormat } from './record-format.ts';

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;

/** JSON Lines: one value per line; blank lines are no items. */
export const jsonLines: RecordFormat = {
  begin: skipByteOrderMark,
  read(window) {
    const { bytes, start, end, last, base } = window;
    if (start >= end) return last ? 'end' : 'more';
    let stop = bytes.indexOf(0x0a, start);
    if (stop === -1 || stop >= end) {
      if (!last) return 'more';
      stop = end;
    }
    window.start = Math.min(stop + 1, end);
    let at = start;
    while (at < stop && isSpace(bytes[at]!)) at++;
    return at === stop ? 'skipped' : { item: parseItem(windowText(window, at, stop), base + at) };
  },
};
