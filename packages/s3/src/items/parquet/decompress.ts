import { gunzip, type Inflater } from '../gunzip.ts';
import { unzstd } from '../zstd/unzstd.ts';
import type { Decompress } from './pages.ts';
import { unsnappy } from './snappy.ts';

// A piece may come out a thousand times as long: what is too much is noticed soon.
const PIECE_BYTES = 16_384;

/** What takes a column's pages apart. @throws RangeError for codecs that are not read. */
export async function pageDecompressor(codec: string): Promise<Decompress> {
  switch (codec) {
    case 'UNCOMPRESSED':
      return (stored, length) => {
        if (stored.length !== length) throw new RangeError('A page has not the length it says.');
        return stored;
      };
    case 'SNAPPY':
      return (stored, length) => (length === 0 ? new Uint8Array(0) : unsnappy(stored, length));
    case 'GZIP': {
      const { Gunzip } = await import('fflate/browser');
      return (stored, length) => inflatePage(stored, length, (onData) => gunzip(Gunzip, onData));
    }
    case 'ZSTD':
      return (stored, length) => inflatePage(stored, length, unzstd);
    default:
      throw new RangeError(`The codec ${codec} is not read.`);
  }
}

function inflatePage(stored: Uint8Array, length: number, create: (onData: (bytes: Uint8Array) => void) => Inflater): Uint8Array {
  const output = new Uint8Array(length);
  let to = 0;
  const inflater = create((bytes) => {
    if (to + bytes.length > length) throw new RangeError('A page has not the length it says.');
    output.set(bytes, to);
    to += bytes.length;
  });
  for (let at = 0; at < stored.length; at += PIECE_BYTES) inflater.push(stored.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= stored.length);
  if (to !== length) throw new RangeError('A page has not the length it says.');
  return output;
}
