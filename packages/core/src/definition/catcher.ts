import type { Json } from '@interstate/kernel';
import type { ReferencePath } from './query-language.ts';
import type { ErrorName } from './retrier.ts';
import type { AssignField } from './state-fields.ts';

interface CatcherFields<Name extends string> extends AssignField {
  readonly Comment?: string;
  /** Errors this is for, at least one. `States.ALL` stands alone, and in the last Catcher. */
  readonly ErrorEquals: readonly ErrorName[];
  /** State to go to with the error output, `{ Error, Cause }`. */
  readonly Next: Name;
}

export interface JsonPathCatcher<Name extends string = string> extends CatcherFields<Name> {
  /** Where the error output goes in the raw input. `null`: discard it. Default `$`: it replaces the input. */
  readonly ResultPath?: ReferencePath | null;
  readonly Output?: never;
}

export interface JsonataCatcher<Name extends string = string> extends CatcherFields<Name> {
  /** The output. Default `{% $states.errorOutput %}`. */
  readonly Output?: Json;
  readonly ResultPath?: never;
}

/** Where to go once an error is not (or no longer) retried. The first Catcher that matches decides. */
export type Catcher<Name extends string = string> = JsonPathCatcher<Name> | JsonataCatcher<Name>;
