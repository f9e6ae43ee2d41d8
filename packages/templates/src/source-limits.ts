import { TemplateError } from './template-error.ts';

/** Levels of objects and arrays a text may nest. */
export const MAX_DEPTH = 500;

/** Levels of YAML, whose parser needs much more stack; aliases may still put values as deep as `MAX_DEPTH`. */
export const MAX_YAML_DEPTH = 200;

/** Nodes that YAML aliases may add to a text. */
export const MAX_ALIASED_NODES = 100_000;

/** Characters of one text. CloudFormation takes 1 MB of template, Step Functions 1 MB of definition. */
export const MAX_TEXT = 16_000_000;

/** Characters of YAML text, which takes a hundred times as long to read as JSON: CloudFormation's 1 MB. */
export const MAX_YAML_TEXT = 1_048_576;

/** Characters that joining and substituting may produce for one template. */
export const MAX_EXPANSION = 16_000_000;

export interface Source {
  readonly file: string | undefined;
}

export function assertDepth(depth: number, pointer: string, { file }: Source): void {
  if (depth <= MAX_DEPTH) return;
  const start = pointer.length > 60 ? `${pointer.slice(0, 60)}…` : pointer;
  throw new TemplateError('NestedTooDeep', `nested deeper than ${MAX_DEPTH} levels; flatten the value`, { file, pointer: start });
}

export function assertTextLength(text: string, limit: number, { file }: Source): void {
  if (text.length <= limit) return;
  throw new TemplateError('TooLarge', `the text has ${text.length} characters, more than ${limit}; split the file`, { file });
}

export function tooLarge({ file }: Source): TemplateError {
  const problem = `substitutions and joins produce more than ${MAX_EXPANSION} characters; make the values shorter`;
  return new TemplateError('TooLarge', problem, { file });
}

/** True for digits that a JavaScript number would change: an integer beyond 2^53. */
export function isUnsafeInteger(digits: string): boolean {
  const size = Math.abs(Number(digits));
  return size > 2 ** 53 || (size === 2 ** 53 && !digits.endsWith('9007199254740992'));
}

export function unsafeInteger(digits: string, pointer: string, source: Source, line?: number, column?: number): TemplateError {
  const value = digits.length > 40 ? `${digits.slice(0, 37)}…` : digits;
  const problem = `the integer ${value} is beyond 2^53, where numbers lose digits; write it as a string`;
  return new TemplateError('UnsafeInteger', problem, { file: source.file, pointer, line, column });
}
