import type { Crypto, EpochMs, Json, JsonObject, RandomState } from '@interstate/kernel';
import type { Scope } from '../query/scope.ts';

/** The scope a state's fields are evaluated in. One is reused for a whole step: setting it up costs no allocation. */
export interface StateScope extends Scope {
  input: Json;
  result: Json | undefined;
  errorOutput: Json | undefined;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  readonly random: RandomState;
  context(): JsonObject;
  variable(name: string): Json | undefined;
}
