/** What can be wrong with a template, a definition file, or the way either was asked for. */
export type TemplateErrorCode =
  /** The text is no JSON; the error has line and column. */
  | 'InvalidJson'
  /** The text is no YAML, or YAML that no JSON value can hold; the error has line and column. */
  | 'InvalidYaml'
  /** A field of the template has a value it cannot have. */
  | 'InvalidTemplate'
  /** An integer beyond 2^53, which a JavaScript number would change silently. */
  | 'UnsafeInteger'
  /** Deeper than 500 levels (YAML text: 200), or references that lead as deep. */
  | 'NestedTooDeep'
  /** Aliases or substitutions that multiply past their bound, or a text past 16 million characters. */
  | 'TooLarge'
  /** Nothing in the text is a state machine. */
  | 'NoStateMachine'
  /** Several state machines, none picked. */
  | 'SeveralStateMachines'
  /** The one that was picked is not there. */
  | 'UnknownStateMachine'
  /** A state machine resource without a definition. */
  | 'MissingDefinition'
  /** The definition lies in S3 or on the web; nothing is fetched. */
  | 'RemoteDefinition'
  /** A file the template names could not be read, or no `readFile` was given. */
  | 'UnreadableFile';

export interface TemplateErrorDetails {
  /** Name of the file the text came from, where it has one. */
  readonly file?: string | undefined;
  /** JSON Pointer into that file's content. */
  readonly pointer?: string | undefined;
  /** First line and column are 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The names there are, where a name was not found or not given. */
  readonly candidates?: readonly string[] | undefined;
}

/** The only error this package throws. Its message names the file, the place, the value and the fix. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code: TemplateErrorCode;
  /** The message without the whereabouts. */
  readonly problem: string;
  readonly file: string | undefined;
  readonly pointer: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly candidates: readonly string[] | undefined;

  constructor(code: TemplateErrorCode, problem: string, details: TemplateErrorDetails = {}) {
    super(whereabouts(details) + problem);
    this.code = code;
    this.problem = problem;
    this.file = details.file;
    this.pointer = details.pointer;
    this.line = details.line;
    this.column = details.column;
    this.candidates = details.candidates;
  }
}

/** True for this package's error, also where two copies of the package met. */
export function isTemplateError(value: unknown): value is TemplateError {
  return value instanceof Error && value.name === 'TemplateError' && 'code' in value;
}

function whereabouts({ file, pointer, line, column }: TemplateErrorDetails): string {
  const position = line === undefined ? '' : `line ${line}, column ${column}`;
  const parts = [file, position, pointer].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

/** A value as a message shows it: JSON, cut to 60 characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value.slice(0, 100)}'` : typeof value === 'object' && value !== null
    ? Array.isArray(value) ? 'an array' : `an object with ${listed(Object.keys(value))}` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'no keys' : `the keys ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}`;
}
