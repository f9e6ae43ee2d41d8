import type { Json, JsonObject } from './json.ts';

/** Where a distributed Map run asks for the items of its ItemReader: {@link ReadItemsRequest} → {@link ItemsPage}. */
export const ITEMS_ADDRESS = 'interstate:s3:items';

/** Where it writes through its ResultWriter: {@link WriteResultsRequest} → {@link ResultsWritten} or {@link ResultWriterDetails}. */
export const RESULTS_ADDRESS = 'interstate:s3:results';

/** An `ItemReader` with everything evaluated (`Parameters` is the evaluated `Parameters` or `Arguments`). */
export interface ItemReader {
  /** `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`; any partition. */
  readonly Resource: string;
  /** `MaxItems` in it is for the Map run to apply and is not looked at here. */
  readonly ReaderConfig?: JsonObject;
  /** `Bucket`; `Key` for getObject, optionally `Prefix` for listObjectsV2; `VersionId`, `ExpectedBucketOwner` are accepted. */
  readonly Parameters: JsonObject;
}

/**
 * Asks for the next page of items. A call is pure in its arguments: it may be repeated, and answered by another process,
 * because the cursor says everything.
 */
export interface ReadItemsRequest {
  readonly action: 'read';
  readonly reader: ItemReader;
  /** `null` for the first page, then the `cursor` of the page before. Opaque; less than 4 KiB. */
  readonly cursor: Json;
  /** At most so many items come back. At least 1. */
  readonly maxItems: number;
  /** The page ends early when its items have so many bytes of JSON; one item always comes. Default 1,048,576. */
  readonly maxBytes?: number;
}

/**
 * One page. It may hold fewer items than asked for, or none, and still have a cursor: a page never spans two objects.
 * Failures are `States.ItemReaderFailed` with AWS's cause.
 */
export interface ItemsPage {
  readonly items: readonly Json[];
  /** Where the next page begins; `null` after the last. */
  readonly cursor: Json;
  /** `$$.Map.Item.Source` of every item of this page: `S3://bucket/key`, or `S3://bucket` for listed objects. */
  readonly source: string;
}

/** A `ResultWriter` with everything evaluated; `Resource` and `Parameters` are there, else nothing is written. */
export interface ResultWriter {
  readonly Resource: string;
  readonly Parameters: { readonly Bucket: string; readonly Prefix?: string };
  readonly WriterConfig?: WriterConfig;
}

export interface WriterConfig {
  /** Default `NONE` where results go to S3, `COMPACT` where they stay in the state's result. */
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  /** Default `JSON`. */
  readonly OutputType?: 'JSON' | 'JSONL';
}

/**
 * A child execution's result with its metadata, as `Transformation: NONE` shows it: `ExecutionArn, Input, InputDetails, Name,
 * Output, OutputDetails, RedriveCount, RedriveStatus, StartDate, StateMachineArn, Status, StopDate` (failures: `Error`, `Cause`).
 * `Input` and `Output` are JSON texts. `COMPACT` and `FLATTEN` need `Status` and `Output` only.
 */
export type ResultRecord = JsonObject;

/** The kinds of result files: ended well; failed, timed out or aborted; never started. */
export type ResultStatus = 'SUCCEEDED' | 'FAILED' | 'PENDING';

/**
 * Appends records to the files of one status. After every call the files are whole: a valid JSON array, or JSON Lines.
 * Calls of one status follow each other, each with the position the one before gave; the same call delivered again leaves the same files.
 */
export interface WriteRecordsRequest {
  readonly action: 'write';
  readonly writer: ResultWriter;
  readonly mapRunArn: string;
  readonly part: ResultStatus;
  /** `null` for the first records of this status, then the `position` answered last. Opaque, small; a redriven run goes on from it. */
  readonly position: Json;
  /** Any number; send what has ended since the last call, some hundred at a time. */
  readonly records: readonly ResultRecord[];
}

/** Ends the export: writes `manifest.json`. A redriven run may write it again. */
export interface WriteManifestRequest {
  readonly action: 'write';
  readonly writer: ResultWriter;
  readonly mapRunArn: string;
  readonly part: 'MANIFEST';
  /** The last `position` of each status; absent or `null` where nothing was written. */
  readonly positions: { readonly [status in ResultStatus]?: Json };
}

export type WriteResultsRequest = WriteRecordsRequest | WriteManifestRequest;

/** The answer to {@link WriteRecordsRequest}. Failures are `States.ResultWriterFailed`. */
export interface ResultsWritten {
  readonly position: Json;
}

/** The answer to {@link WriteManifestRequest}: the Map state's result is `{ MapRunArn, ResultWriterDetails: <this> }`. */
export interface ResultWriterDetails {
  readonly Bucket: string;
  /** `<Prefix>/<id of the Map run>/manifest.json`. */
  readonly Key: string;
}
