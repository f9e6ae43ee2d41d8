/** What a failed function answers, in the order of Lambda's Node.js runtime. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/**
 * What was thrown or given to the callback, as Lambda's Node.js runtime reports it: an error by name, message and stack;
 * anything else by `typeof` and as text.
 */
export function describeThrown(thrown: unknown): FunctionError {
  try {
    if (thrown instanceof Error || isErrorLike(thrown)) {
      return {
        errorType: String(thrown.name),
        errorMessage: String(thrown.message),
        trace: String(thrown.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof thrown, errorMessage: (thrown as { toString(): string }).toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

// Errors of another realm (a vm context, a test runner's sandbox) are no instances of ours.
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value && 'stack' in value;
}
