/** Largest answer of a synchronous invocation, in bytes: 6 MB and a little. */
export const RESPONSE_BYTES = 6_291_556;

/** Largest event of a synchronous invocation, in bytes: 6 MB. */
export const REQUEST_BYTES = 6_291_456;

/** Largest event of an asynchronous invocation, in bytes: 1 MB. */
export const EVENT_BYTES = 1_048_576;

/** Longest time a function may run, in seconds. */
export const MAX_TIMEOUT_SECONDS = 900;
