import { invalidDefinitionMessage, validateDefinition } from '@interstate/core/internal';
import type { Json, JsonObject } from '@interstate/kernel';
import { compareValue, shown } from '@interstate/testing/internal';
import { readRecordings } from './folder.ts';
import { runChecks, type Suite } from './suite.ts';

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly awsValidated: boolean;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly api: string;
  readonly definition: JsonObject | string;
  readonly response: { readonly error?: { readonly code: string; readonly message: string | null }; readonly result?: string; readonly diagnostics?: readonly Json[]; readonly truncated?: boolean };
}

/** Definitions that AWS judged: refused or not, code and message, or every diagnostic. */
export const invalidDefinitions: Suite = suiteOf('invalid-definitions', true);

/** Definitions whose refusal alone is known, and not from AWS. */
export const refusedDefinitions: Suite = suiteOf('invalid-definitions-unvalidated', false);

function suiteOf(id: string, awsValidated: boolean): Suite {
  return {
    id,
    async run(folder, options) {
      const cases = readRecordings(folder)?.filter((one): one is Case => one.kind === 'invalid-definition' && (one as Case).awsValidated === awsValidated) ?? [];
      return cases.length === 0 ? undefined : runChecks(id, cases.map((one) => ({ id: one.id, rule: one.api, check: () => checkCase(one) })), options);
    },
  };
}

function checkCase({ definition, type, response }: Case): string | undefined {
  const { result, diagnostics, truncated } = validateDefinition(definition, { type });
  const { error } = response;
  if (error !== undefined) {
    if (result === 'OK') return `recorded ${shown(error)}, got no fault`;
    const message = invalidDefinitionMessage(diagnostics);
    return error.message === null ? undefined : compareValue({ ...error }, { code: 'InvalidDefinition', message }, new Map()).difference;
  }
  const published = diagnostics.map(({ severity, code, message, location }): JsonObject => ({ severity, code, message, ...(location !== undefined && { location }) }));
  return compareValue(response as unknown as Json, { result, diagnostics: published, truncated }, new Map()).difference;
}
