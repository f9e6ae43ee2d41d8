/**
 * UTF-8 bytes of a text; -1 where it holds a character that SQS refuses.
 * Allowed: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF
 */
export function messageBytes(text: string): number {
  if (text !== last.text) last = { text, bytes: countBytes(text) };
  return last.bytes;
}

/** A topic sends one text to many queues. */
let last = { text: '', bytes: 0 };

function countBytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) return -1;
    } else if (code < 0x800) bytes++;
    else if (code < 0xd800 || code > 0xdfff) {
      if (code > 0xfffd) return -1;
      bytes += 2;
    } else {
      const low = text.charCodeAt(index + 1);
      if (code > 0xdbff || !(low >= 0xdc00 && low <= 0xdfff)) return -1;
      // Four bytes for two units.
      bytes += 2;
      index++;
    }
  }
  return bytes;
}
