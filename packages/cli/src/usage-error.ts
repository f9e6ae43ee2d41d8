/** The command cannot be carried out as it was given. Its message names the option or file, the value and the fix; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** True for usage errors, also where two copies of this package met. */
export function isUsageError(value: unknown): value is UsageError {
  return value instanceof Error && value.name === 'UsageError';
}
