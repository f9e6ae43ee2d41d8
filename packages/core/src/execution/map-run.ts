import type { Json, JsonObject, ReplyTo } from '@interstate/kernel';
import type { StartNotice } from './execution.ts';

/** Kind of the machine that runs a distributed Map. */
export const MAP_RUN_KIND = 'states:mapRun';

/**
 * What a Map state in DISTRIBUTED mode asks of its Map run: the request of a `call` to the Map run's ARN.
 * The reply is the state's result, or the failure of the run (`States.ExceedToleratedFailureThreshold`,
 * `States.ItemReaderFailed`, `States.ResultWriterFailed`). Cancelling the call aborts the run.
 */
export interface MapRunStart {
  readonly type: 'start';
  readonly mapRunArn: string;
  readonly label: string;
  readonly replyTo: ReplyTo;
  readonly programId: string;
  /** The Map state: the group it is in, and its name there. */
  readonly state: { readonly group: number; readonly name: string };
  /** The parent execution, as it was started. */
  readonly execution: StartNotice;
  readonly executionType: 'STANDARD' | 'EXPRESS';
  /** Items in hand; null where an ItemReader brings them. */
  readonly items: readonly Json[] | null;
  readonly reader: { readonly Resource: string; readonly Parameters: Json; readonly ReaderConfig: JsonObject } | null;
  readonly batcher: { readonly MaxItemsPerBatch: number | null; readonly MaxInputBytesPerBatch: number | null; readonly BatchInput?: Json } | null;
  readonly writer: { readonly Resource: string | null; readonly Parameters: Json; readonly WriterConfig: JsonObject } | null;
  readonly toleratedFailureCount: number | null;
  readonly toleratedFailurePercentage: number | null;
  /** 0: as many as the service allows. */
  readonly maxConcurrency: number;
  /** What ItemSelector may see: the state's effective input, context object and variables. */
  readonly scope: { readonly input: Json; readonly context: JsonObject; readonly variables: JsonObject };
  readonly seed: readonly [number, number, number, number];
}
