import type { Readable } from 'node:stream';
import type { Json } from '@interstate/kernel';
import { isTemplateError, parseJsonText, parseYamlText } from '@interstate/templates';
import { UsageError } from '../usage-error.ts';
import type { Terminal } from '../terminal.ts';
import { decodeText, MAX_BYTES, readTextFile, tooLarge } from './text-file.ts';

/**
 * Reads an execution's input: JSON text, `@file` (JSON, or YAML by its extension), or `-` for standard input. Default `{}`.
 * @throws UsageError naming the place in the text
 */
export async function readExecutionInput(given: string | undefined, terminal: Terminal): Promise<Json> {
  if (given === undefined) return {};
  if (given === '-') return parse(decodeText(await readAll(terminal.stdin), 'standard input'), 'standard input');
  if (!given.startsWith('@')) return parse(given, '--input');
  const file = given.slice(1);
  if (file === '') throw new UsageError("--input '@': the name of a file is missing, as in --input @input.json.");
  return parse(readTextFile(file, terminal.cwd), file);
}

function parse(text: string, name: string): Json {
  try {
    if (!/\.ya?ml$/i.test(name)) return parseJsonText(text, { file: name });
    const documents = parseYamlText(text, { file: name });
    if (documents.length === 1) return documents[0]!;
  } catch (error) {
    if (!isTemplateError(error)) throw error;
    const aFile = name === '--input' && /^[\w./\\-]+$/.test(text) && !/^-?\d/.test(text);
    throw new UsageError(aFile ? `${error.message}\nTo read the input from a file, write --input @${text}.` : error.message);
  }
  throw new UsageError(`${name}: an input is one YAML document; here are none or several.`);
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array | string);
    size += bytes.length;
    if (size > MAX_BYTES) throw tooLarge('standard input');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
