import type { Json } from '@interstate/kernel';
import { parseJsonText, parseYamlText } from '@interstate/templates';
import { UsageError } from '../usage-error.ts';
import { readTextFile } from './text-file.ts';

/** Reads a file of data: JSON, or one YAML document by its extension. @param file relative to `cwd` @throws UsageError, TemplateError */
export function readDataFile(file: string, cwd: string): Json {
  const text = readTextFile(file, cwd);
  if (!/\.ya?ml$/i.test(file)) return parseJsonText(text, { file });
  const documents = parseYamlText(text, { file });
  if (documents.length !== 1) throw new UsageError(`${file}: is one YAML document; here are ${documents.length}.`);
  return documents[0]!;
}
