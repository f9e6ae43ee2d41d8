/** Largest answer of a synchronous invocation, in bytes: 6 MB and a little. */
export const RESPONSE_BYTES = 6_291_556;

/** Longest time a function may run, in seconds. */
export const MAX_TIMEOUT_SECONDS = 900;
