/** An intrinsic call that does not parse; Step Functions reports it when the definition is created. */
export class IntrinsicSyntaxError extends Error {
  override readonly name = 'IntrinsicSyntaxError';
  constructor(
    message: string,
    /** Index in the call's text where the trouble is. */
    readonly position: number,
  ) {
    super(message);
  }
}
