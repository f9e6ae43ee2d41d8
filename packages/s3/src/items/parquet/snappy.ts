const CUT_OFF = 'The Snappy data is damaged or cut off.';

/** Raw Snappy data that holds exactly `length` bytes. @throws RangeError for anything else. */
export function unsnappy(input: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(length);
  let at = 0;
  let to = 0;
  // The length stands in front, and is known already.
  while (input[at]! >= 128) at++;
  at++;
  while (at < input.length) {
    const tag = input[at++]!;
    let size = (tag >> 2) + 1;
    let distance = 0;
    switch (tag & 3) {
      case 0: {
        const extra = size - 60;
        if (extra > 0) {
          size = 1;
          for (let index = 0; index < extra; index++) size += (input[at++] ?? 0) * 2 ** (8 * index);
        }
        if (at + size > input.length || to + size > length) throw new RangeError(CUT_OFF);
        output.set(input.subarray(at, at + size), to);
        at += size;
        to += size;
        continue;
      }
      case 1:
        size = ((tag >> 2) & 7) + 4;
        distance = ((tag >> 5) << 8) | (input[at++] ?? 0);
        break;
      case 2:
        distance = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
        at += 2;
        break;
      default:
        distance = ((input[at] ?? 0) | ((input[at + 1] ?? 0) << 8) | ((input[at + 2] ?? 0) << 16) | ((input[at + 3] ?? 0) << 24)) >>> 0;
        at += 4;
    }
    if (at > input.length || distance === 0 || distance > to || to + size > length) throw new RangeError(CUT_OFF);
    for (const end = to + size; to < end; to++) output[to] = output[to - distance]!;
  }
  if (to !== length) throw new RangeError(CUT_OFF);
  return output;
}
