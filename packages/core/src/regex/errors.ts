/** The pattern or its flags are no regular expression. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';
}

/** The match took more steps, or more memory, than one match may. */
export class RegexBudgetError extends Error {
  override readonly name = 'RegexBudgetError';
}
