import type { JsonObject } from '@interstate/kernel';
import { validateDefinition, type ValidateOptions } from '@interstate/core';
import type { Action } from '../action.ts';

/** Implements ValidateStateMachineDefinition: every fault, and warnings where they are asked for. */
export const validateStateMachineDefinition: Action = (_context, { definition, type, severity, maxResults }) => {
  const options = { type, severity, maxResults };
  for (const key of Object.keys(options) as (keyof typeof options)[]) if (options[key] === undefined) delete options[key];
  const { result, diagnostics, truncated } = validateDefinition(definition, options as ValidateOptions);
  return {
    result,
    diagnostics: diagnostics.map(({ severity: level, code, message, location }): JsonObject => ({ severity: level, code, message, ...(location !== undefined && { location }) })),
    truncated,
  };
};
