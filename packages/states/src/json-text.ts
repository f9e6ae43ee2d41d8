import { findJsonTextFault } from '@interstate/core';

/** What is wrong with a text that is no JSON, in the service's words. */
export function jsonFault(text: string): string {
  return findJsonTextFault(text)?.message ?? 'Invalid JSON';
}

/** Whether a text takes more than so many bytes in UTF-8. */
export function exceedsUtf8(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let count = text.length;
  for (let index = 0; index < text.length && count <= bytes; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x800) count += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit >= 0x80) count++;
  }
  return count > bytes;
}
