import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path as it is shown: relative to the working directory, or absolute where that is shorter. @param file absolute */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.length > file.length ? file : path;
}

/** A line of a stack trace with its file as it is shown. */
export function shownPlace(line: string, cwd: string): string {
  return line.replace(/(?<=[\s(])((?:file:\/\/)?\/[^?()]+?)(?:\?changed=[\d.]+)?(:\d+:\d+)(?=\)?$)/, (_whole, file: string, place: string) => `${shownPath(file.startsWith('file:') ? fileURLToPath(file) : file, cwd)}${place}`);
}
