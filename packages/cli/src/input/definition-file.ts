import { basename } from 'node:path';
import { isTemplateError, readDefinition, type StateMachine, type SubstitutionValue } from '@interstate/templates';
import { UsageError } from '../usage-error.ts';
import { readTextFile } from './text-file.ts';

export interface DefinitionFile extends StateMachine {
  readonly path: string;
  /** Text of the file, and of the files it names, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Substitutions that nothing asked for. */
  readonly unused: readonly string[];
}

export interface DefinitionFileOptions {
  readonly cwd: string;
  readonly substitutions?: Readonly<Record<string, SubstitutionValue>>;
  readonly logicalId?: string | undefined;
}

/** Reads one state machine of a definition file or template. @throws UsageError, TemplateError */
export function readDefinitionFile(path: string, { cwd, substitutions, logicalId }: DefinitionFileOptions): DefinitionFile {
  const texts = new Map<string, string>();
  const readFile = (file: string): string => {
    const text = readTextFile(file, cwd);
    texts.set(file, text);
    return text;
  };
  const stateMachine = readDefinition(readFile(path), {
    path,
    readFile,
    ...(substitutions !== undefined && { substitutions }),
    ...(logicalId !== undefined && { logicalId }),
  });
  return { ...stateMachine, path, texts };
}

/** The same for every state machine of the file. */
export function readDefinitionFiles(path: string, options: DefinitionFileOptions): DefinitionFile[] {
  try {
    return [readDefinitionFile(path, options)];
  } catch (error) {
    if (!isTemplateError(error) || error.code !== 'SeveralStateMachines') throw error;
    return (error.candidates ?? []).map((logicalId) => readDefinitionFile(path, { ...options, logicalId }));
  }
}

/** The same for a command that runs one: says how to pick it. */
export function readDefinitionToRun(path: string, options: DefinitionFileOptions): DefinitionFile {
  try {
    return readDefinitionFile(path, options);
  } catch (error) {
    if (!isTemplateError(error)) throw error;
    const pick = error.code === 'SeveralStateMachines' && error.candidates !== undefined ? `\nPick one: --state-machine ${error.candidates[0]}` : '';
    throw new UsageError(`${error.message}${pick}`);
  }
}

/** A state machine's name from its file: letters, digits, `-` and `_`, 80 characters at most. */
export function stateMachineName({ name, logicalId, path }: DefinitionFile): string {
  const text = name ?? logicalId ?? basename(path).replace(/(?:\.asl)?\.[^.]+$/, '');
  return text.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80) || 'StateMachine';
}
