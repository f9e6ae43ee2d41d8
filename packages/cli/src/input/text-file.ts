import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { nearName } from '@interstate/kernel';
import { UsageError } from '../usage-error.ts';

/** Bytes of text that a command takes from one file or stream. */
export const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a UTF-8 text file, pipes included.
 * @param path relative to `cwd`
 * @throws UsageError where there is none, it is larger than 64 MiB, or no UTF-8
 */
export function readTextFile(path: string, cwd: string): string {
  return decodeText(readBounded(path, resolve(cwd, path)), path);
}

/** @throws UsageError naming the first bytes where they are no UTF-8 */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const fix = utf16 ? 'It is UTF-16: save it as UTF-8.' : 'Give a text file in UTF-8.';
    throw new UsageError(`${name}: this is no UTF-8 text (it begins with the bytes ${Buffer.from(bytes.subarray(0, 4)).toString('hex')}). ${fix}`);
  }
}

export function tooLarge(name: string): UsageError {
  return new UsageError(`${name}: there is more than ${MAX_BYTES / 1024 / 1024} MiB of text, the most that is read.`);
}

function readBounded(path: string, file: string): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw unreadable(path, file, error);
  }
  try {
    if (fstatSync(descriptor).size > MAX_BYTES) throw tooLarge(path);
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(1 << 16);
      const count = readSync(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      size += count;
      if (size > MAX_BYTES) throw tooLarge(path);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(path, file, error);
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(path: string, file: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    // By the name alone: nearly every file here ends in .json.
    const neighbours = new Map(neighboursOf(file).map((name) => [stemOf(name), name]));
    const stem = stemOf(basename(file));
    // Only the ending may be wrong.
    const near = stem.length < 3 ? undefined : neighbours.has(stem) ? stem : nearName(stem, neighbours.keys());
    const meant = near === undefined ? '' : ` Did you mean ${path.slice(0, path.length - basename(file).length)}${neighbours.get(near)}?`;
    return new UsageError(`${path}: there is no such file.${meant}`);
  }
  if (code === 'EISDIR') return new UsageError(`${path}: this is a folder; give a file in it.`);
  return new UsageError(`${path}: the file cannot be read (${code ?? message}).`);
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

function neighboursOf(file: string): string[] {
  try {
    return readdirSync(dirname(file)).slice(0, 10_000);
  } catch {
    return [];
  }
}
