import { isJsonObject, type Json } from '@interstate/kernel';
import { parseJsonText } from './json-text.ts';
import { TemplateError } from './template-error.ts';
import type { SubstitutionValue } from './template-scope.ts';
import { parseYamlText } from './yaml-text.ts';

export interface DefinitionTextOptions {
  readonly file?: string | undefined;
  readonly substitute?: (name: string) => SubstitutionValue | undefined;
}

/** True where the text is to be read as YAML: the file's name says so, or it does not start as a JSON object would. */
export function isYaml(text: string, file: string | undefined): boolean {
  if (file !== undefined && /\.ya?ml$/i.test(file)) return !looksLikeJson(text) || !isJson(text);
  return !looksLikeJson(text) && !(file !== undefined && /\.json$/i.test(file));
}

function looksLikeJson(text: string): boolean {
  return /^\ufeff?\s*[{[]/.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

/** The documents of a JSON or YAML text; empty ones are left out. @throws TemplateError of either parser. */
export function parseDocuments(text: string, { file, substitute }: DefinitionTextOptions = {}): Json[] {
  if (!isYaml(text, file)) return [parseJsonText(text, { file, ...(substitute === undefined ? {} : { substitute }) })];
  return parseYamlText(text, { file }).filter((document) => document !== null);
}

/** The one definition in a file that a template names, JSON or YAML. */
export function parseDefinitionFile(text: string, options: DefinitionTextOptions): Json {
  const [definition, ...others] = parseDocuments(text, options);
  if (isJsonObject(definition) && others.length === 0) return definition;
  throw new TemplateError('InvalidTemplate', 'a definition file holds one object with StartAt and States', { file: options.file });
}
