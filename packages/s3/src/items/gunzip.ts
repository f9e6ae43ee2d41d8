import type { Gunzip } from 'fflate/browser';

/** A decompressor fed with pieces. @throws Error for damaged data. */
export interface Inflater {
  push(bytes: Uint8Array, final: boolean): void;
}

/** The library keeps what it cannot use yet, and looks through it again with every piece. */
const MAX_IDLE_BYTES = 1_048_576;

/** gzip data of one or several members. The library does not look at a member's trailer: its length is held against what came out. */
export function gunzip(create: typeof Gunzip, onData: (bytes: Uint8Array) => void): Inflater {
  let length = 0;
  let idle = 0;
  let trailer: number[] = [];
  const stream = new create((bytes) => {
    length += bytes.length;
    if (bytes.length > 0) idle = 0;
    onData(bytes);
  });
  stream.onmember = () => {
    length = 0;
  };
  return {
    push(bytes, final) {
      idle += bytes.length;
      if (idle > MAX_IDLE_BYTES) throw new Error('The data holds nothing.');
      stream.push(bytes, final);
      trailer = [...trailer, ...bytes.subarray(-4)].slice(-4);
      const [a = 0, b = 0, c = 0, d = 0] = trailer;
      if (final && ((a | (b << 8) | (c << 16) | (d << 24)) >>> 0) !== length % 2 ** 32) throw new Error('The data is cut off.');
    },
  };
}
