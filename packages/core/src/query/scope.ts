import type { Crypto, EpochMs, Json, JsonObject, RandomState } from '@interstate/kernel';

/** What an expression may see and draw on while it is evaluated. */
export interface Scope {
  /** `$` in JSONPath, `$states.input` in JSONata. */
  readonly input: Json;
  /** `$states.result`; absent where there is no result yet. */
  readonly result?: Json | undefined;
  /** `$states.errorOutput`; present in Catchers only. */
  readonly errorOutput?: Json | undefined;
  /** The context object (`$$`, `$states.context`), built when first asked for. */
  context(): JsonObject;
  /** A variable in scope (name without `$`), or undefined. */
  variable(name: string): Json | undefined;
  readonly now: EpochMs;
  readonly crypto: Crypto;
  /** The machine's seeded generator; drawing changes it in place. */
  readonly random: RandomState;
}

/** A path, intrinsic call, template or JSONata text compiled once. Raises a `Fault` when evaluation fails. */
export type Expression = (scope: Scope) => Json;
