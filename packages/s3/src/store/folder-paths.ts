import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const MAX_NAME_BYTES = 255;

/** The path of a key below its bucket's folder; `undefined` where no file can stand for it: empty, `.` and `..` segments, NUL, backslash. */
export function keyPath(key: string): string | undefined {
  const segments = key.split('/');
  return segments.every(isFileName) ? segments.join(sep) : undefined;
}

function isFileName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\0\\]/.test(segment) && Buffer.byteLength(segment) <= MAX_NAME_BYTES;
}

/** True where `file`, or its nearest ancestor that is there, really lies in `folder`: no symbolic link leads out. */
export async function isInside(folder: string, file: string): Promise<boolean> {
  const home = await realpath(folder);
  for (let path = file; ; path = dirname(path)) {
    const real = await realpath(path).catch(() => undefined);
    if (real !== undefined) return real === home || real.startsWith(join(home, sep));
    if (path === dirname(path)) return false;
  }
}
