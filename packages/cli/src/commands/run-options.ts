/** Options of `interstate run`, as the command line gives them. */
export interface RunOptions {
  readonly input?: string;
  readonly functions?: string;
  readonly virtualTime?: boolean;
  readonly startTime?: string;
  readonly seed?: number;
  readonly substitution: readonly string[];
  readonly stateMachine?: string;
  readonly s3?: string;
  readonly resources?: string;
  readonly query?: string;
  readonly json?: boolean;
  readonly history?: boolean;
  readonly timeline: boolean;
  readonly progress: boolean;
}
