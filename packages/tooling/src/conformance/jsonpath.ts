import { compileJsonPath, JsonPathError } from '@interstate/core/internal';
import { isJsonEqual, type Json } from '@interstate/kernel';
import { readCases } from './folder.ts';
import { shown } from '@interstate/testing/internal';
import { runChecks, type Suite } from './suite.ts';

interface Row {
  readonly id: string;
  readonly group: string;
  readonly path: string;
  readonly document: Json;
  readonly kind: Answer['kind'];
  readonly result?: Json;
  readonly message?: string;
  readonly changed?: readonly string[];
  readonly lexical?: boolean;
}

type Answer = { readonly kind: 'value'; readonly result: Json } | { readonly kind: 'missing' | 'invalid'; readonly message: string };

/**
 * What Jayway json-path answers: kind and value, and the message of missing paths.
 * Rows open between its versions (`changed`) and rows that depend on how a number was written (`lexical`) are left out.
 */
export const jsonpath: Suite = {
  id: 'jsonpath',
  run(folder, options) {
    const rows = readCases<Row[]>(folder, 'jsonpath', 'jayway.json')?.filter(({ changed, lexical }) => changed === undefined && lexical !== true);
    if (rows === undefined) return undefined;
    return runChecks('jsonpath', rows.map((row) => ({ id: row.id, rule: row.group, check: () => checkRow(row) })), options);
  },
};

function checkRow(row: Row): string | undefined {
  const answer = ask(row);
  const told = `${row.path} on ${shown(row.document)}`;
  if (answer.kind !== row.kind) return `${told}: expected ${row.kind} ${shown(row.result ?? row.message)}, got ${answer.kind} ${shown(answer.kind === 'value' ? answer.result : answer.message)}`;
  if (answer.kind === 'value') return isJsonEqual(answer.result, row.result) ? undefined : `${told}: expected ${shown(row.result)}, got ${shown(answer.result)}`;
  return row.kind === 'invalid' || answer.message === row.message ? undefined : `${told}: expected the message ${shown(row.message)}, got ${shown(answer.message)}`;
}

function ask({ path, document }: Row): Answer {
  try {
    return { kind: 'value', result: compileJsonPath(path).read(document) };
  } catch (error) {
    if (error instanceof JsonPathError) return { kind: error.kind, message: error.message };
    throw error;
  }
}
