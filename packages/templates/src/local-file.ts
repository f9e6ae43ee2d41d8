import { TemplateError } from './template-error.ts';

/** Reads a file by its path; throws where there is none. */
export type ReadFile = (path: string) => string;

export interface FileAccess {
  /** Path of the template, from which the paths in it are counted. */
  readonly path: string | undefined;
  readonly readFile: ReadFile | undefined;
}

/** The path of a file named in a template, relative to the template's folder. */
export function siblingPath(template: string | undefined, path: string): string {
  if (template === undefined || /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)) return path;
  const folder = template.slice(0, Math.max(template.lastIndexOf('/'), template.lastIndexOf('\\')) + 1);
  return folder + path.replace(/^(?:\.\/)+/, '');
}

/** The text of a file a template names. @throws TemplateError UnreadableFile. */
export function readSibling({ path, readFile }: FileAccess, named: string, pointer: string): { text: string; path: string } {
  const target = siblingPath(path, named);
  if (readFile === undefined) {
    const fix = `pass readFile, or read '${target}' and give its text`;
    throw new TemplateError('UnreadableFile', `the definition is in the file '${named}', and there is no way to read it; ${fix}`, { file: path, pointer });
  }
  let text: unknown;
  try {
    text = readFile(target);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
    throw new TemplateError('UnreadableFile', `the file '${target}' cannot be read (${reason}); correct the path`, { file: path, pointer });
  }
  if (typeof text === 'string') return { text, path: target };
  throw new TemplateError('UnreadableFile', `readFile gave no text for '${target}'; return the content as a string`, { file: path, pointer });
}
