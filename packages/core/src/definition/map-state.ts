import type { Json } from '@interstate/kernel';
import type { JsonataCatcher, JsonPathCatcher } from './catcher.ts';
import type {
  ItemBatcher,
  JsonataItemReader,
  JsonataResultWriter,
  JsonPathItemReader,
  JsonPathResultWriter,
} from './item-reader.ts';
import type { Branch } from './parallel-state.ts';
import type { JsonataExpression, Path, QueryLanguage, ReferencePath } from './query-language.ts';
import type { Retrier } from './retrier.ts';
import type {
  AssignField,
  JsonataFlow,
  JsonPathFlow,
  JsonPathPayload,
  JsonPathResult,
  PayloadTemplate,
  StateFields,
  Transition,
} from './state-fields.ts';

/** Where iterations run. */
export type ProcessorConfig =
  | {
      /** `INLINE`: within this execution. `DISTRIBUTED`: each as an execution of its own. Default `INLINE`. */
      readonly Mode?: 'INLINE';
      readonly ExecutionType?: never;
    }
  | {
      readonly Mode: 'DISTRIBUTED';
      /** Kind of the child executions. */
      readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
    };

/** The machine that each item goes through. */
export interface ItemProcessor<Root extends QueryLanguage = QueryLanguage> extends Branch<Root> {
  readonly ProcessorConfig?: ProcessorConfig;
}

type Processor<Root extends QueryLanguage> =
  | { readonly ItemProcessor: ItemProcessor<Root>; readonly Iterator?: never }
  | {
      /** The name `ItemProcessor` had before. */
      readonly Iterator: ItemProcessor<Root>;
      readonly ItemProcessor?: never;
    };

interface MapFields extends StateFields, AssignField {
  readonly Type: 'Map';
  /** Retriers in order; a retry runs the whole Map again. */
  readonly Retry?: readonly Retrier[];
  /** Name of the child machine, distributed Maps only: 1…40 characters, unique in the machine. Default: made from the state's name. */
  readonly Label?: string;
}

type JsonPathSelector =
  | {
      /** Builds each iteration's input; `$$.Map.Item.Value` is the item, `$` the Map's input. Default: the item. */
      readonly ItemSelector?: PayloadTemplate;
      readonly Parameters?: never;
    }
  | { readonly ItemSelector?: never; readonly Parameters?: PayloadTemplate };

export type JsonPathMapState<Name extends string = string> = Transition<Name> &
  MapFields &
  Processor<'JSONPath'> &
  JsonPathFlow &
  Pick<JsonPathPayload, 'ResultPath'> &
  JsonPathResult &
  JsonPathSelector & {
    /** Path of the array to iterate over. Default `$`. */
    readonly ItemsPath?: Path;
    readonly Items?: never;
    /** Iterations at a time: integer, 0 (as many as possible) or more. Default 0. */
    readonly MaxConcurrency?: number;
    /** Path of `MaxConcurrency`. Not together with it. */
    readonly MaxConcurrencyPath?: ReferencePath;
    /** Failed items a distributed Map bears: integer, 0 or more. Default 0. */
    readonly ToleratedFailureCount?: number;
    /** Path of `ToleratedFailureCount`. Not together with it. */
    readonly ToleratedFailureCountPath?: ReferencePath;
    /** Failed items a distributed Map bears, of 100: 0…100. Default 0. */
    readonly ToleratedFailurePercentage?: number;
    /** Path of `ToleratedFailurePercentage`. Not together with it. */
    readonly ToleratedFailurePercentagePath?: ReferencePath;
    /** Where a distributed Map reads its items. */
    readonly ItemReader?: JsonPathItemReader;
    /** How a distributed Map groups its items. */
    readonly ItemBatcher?: ItemBatcher<'JSONPath'>;
    /** Where a distributed Map writes its results. */
    readonly ResultWriter?: JsonPathResultWriter;
    /** Catchers in order. */
    readonly Catch?: readonly JsonPathCatcher<Name>[];
  };

export type JsonataMapState<Name extends string = string, Root extends QueryLanguage = QueryLanguage> = Transition<Name> &
  MapFields &
  Processor<Root> &
  JsonataFlow & {
    /** The items: an array, or an expression that gives one. Default: the state's input. */
    readonly Items?: readonly Json[] | JsonataExpression;
    readonly ItemsPath?: never;
    readonly Arguments?: never;
    /** Builds each iteration's input; `$states.context.Map.Item.Value` is the item. Default: the item. */
    readonly ItemSelector?: PayloadTemplate | JsonataExpression;
    /** Iterations at a time: integer, 0 (as many as possible) or more. Default 0. */
    readonly MaxConcurrency?: number | JsonataExpression;
    readonly MaxConcurrencyPath?: never;
    /** Failed items a distributed Map bears: integer, 0 or more. Default 0. */
    readonly ToleratedFailureCount?: number | JsonataExpression;
    readonly ToleratedFailureCountPath?: never;
    /** Failed items a distributed Map bears, of 100: 0…100. Default 0. */
    readonly ToleratedFailurePercentage?: number | JsonataExpression;
    readonly ToleratedFailurePercentagePath?: never;
    /** Where a distributed Map reads its items. */
    readonly ItemReader?: JsonataItemReader;
    /** How a distributed Map groups its items. */
    readonly ItemBatcher?: ItemBatcher<'JSONata'>;
    /** Where a distributed Map writes its results. */
    readonly ResultWriter?: JsonataResultWriter;
    /** Catchers in order. */
    readonly Catch?: readonly JsonataCatcher<Name>[];
  };

/** Runs its processor once for each item. */
export type MapState<Name extends string = string, Root extends QueryLanguage = QueryLanguage> = JsonPathMapState<Name> | JsonataMapState<Name, Root>;
