/** AWS's limits on an execution. Each can be relaxed by name. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export interface ExecutionLimits {
  /** Bytes of UTF-8 JSON text of any input, output, result or variable assignment. */
  readonly payloadBytes: number;
  /** Events of a Standard execution's history; the last one is the failure. */
  readonly historyEvents: number;
  /** Inline Map iterations at once where MaxConcurrency is 0. */
  readonly inlineConcurrency: number;
  /** Bytes of all variables of one Assign. */
  readonly assignBytes: number;
  /** Seconds an Express execution may run. */
  readonly expressSeconds: number;
  /** Seconds a Standard execution may run. */
  readonly standardSeconds: number;
}

export const AWS_LIMITS: ExecutionLimits = {
  payloadBytes: 262_144,
  historyEvents: 25_000,
  inlineConcurrency: 40,
  assignBytes: 262_144,
  expressSeconds: 300,
  standardSeconds: 31_536_000,
};
