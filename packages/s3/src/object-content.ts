import type { Json } from '@interstate/kernel';

/** What an object may be given as: text, bytes, or a value stored as its JSON text. */
export type ObjectContent = string | Uint8Array | Json;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function contentBytes(content: ObjectContent): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return encoder.encode(typeof content === 'string' ? content : JSON.stringify(content));
}

/** Bytes as UTF-8 text; what is no UTF-8 becomes U+FFFD. A byte order mark stays. */
export function contentText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
