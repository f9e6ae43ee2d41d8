/** What the shell learns. */
export const EXIT = {
  /** The execution succeeded; the definitions are valid. */
  succeeded: 0,
  /** The execution failed, timed out, was stopped, or can never end. */
  failed: 1,
  /** Wrong usage, a file that cannot be read, an invalid definition. */
  refused: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
