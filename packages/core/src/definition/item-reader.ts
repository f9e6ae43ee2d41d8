import type { Json } from '@interstate/kernel';
import type { JsonataExpression, QueryLanguage, ReferencePath } from './query-language.ts';
import type { PayloadTemplate } from './state-fields.ts';

type Literal<Language extends QueryLanguage, Value> = Language extends 'JSONata' ? Value | JsonataExpression : Value;
type PathOf<Language extends QueryLanguage> = Language extends 'JSONata' ? never : ReferencePath;

/** How to read the items. */
export interface ReaderConfig<Language extends QueryLanguage = QueryLanguage> {
  /** Form of the data. Needed for `s3:getObject`. */
  readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'PARQUET' | 'MANIFEST';
  /** Where the column names are. Needed for CSV. */
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  /** Column names where `CSVHeaderLocation` is `GIVEN`. */
  readonly CSVHeaders?: readonly string[];
  /** Default `COMMA`. */
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  /** What the manifest is. Default `S3_INVENTORY`. */
  readonly ManifestType?: 'S3_INVENTORY' | 'ATHENA_DATA';
  /** `LOAD_AND_FLATTEN`: read the objects listed, too. Default `NONE`. */
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  /** JSON Pointer of the array within a JSON object. Default: the whole document. */
  readonly ItemsPointer?: string;
  /** How many items to read at most: integer, 0 (all)…100,000,000. Default 0. */
  readonly MaxItems?: Literal<Language, number>;
  /** Path of `MaxItems`. Not together with it. */
  readonly MaxItemsPath?: PathOf<Language>;
}

interface ItemReaderFields<Language extends QueryLanguage> {
  /** `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`. */
  readonly Resource: string;
  readonly ReaderConfig?: ReaderConfig<Language>;
}

/** Reads the items of a distributed Map from S3: `Bucket`, `Key` or `Prefix`. */
export interface JsonPathItemReader extends ItemReaderFields<'JSONPath'> {
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: never;
}
export interface JsonataItemReader extends ItemReaderFields<'JSONata'> {
  readonly Arguments?: Json;
  readonly Parameters?: never;
}
export type ItemReader = JsonPathItemReader | JsonataItemReader;

/** Gives each child execution several items: `{ "Items": […], "BatchInput": … }`. One of the two limits is needed. */
export interface ItemBatcher<Language extends QueryLanguage = QueryLanguage> {
  /** Items of one batch at most: integer, at least 1. */
  readonly MaxItemsPerBatch?: Literal<Language, number>;
  /** Path of `MaxItemsPerBatch`. */
  readonly MaxItemsPerBatchPath?: PathOf<Language>;
  /** Bytes of one child's input at most: integer, 1…262,144. */
  readonly MaxInputBytesPerBatch?: Literal<Language, number>;
  /** Path of `MaxInputBytesPerBatch`. */
  readonly MaxInputBytesPerBatchPath?: PathOf<Language>;
  /** Handed to each batch besides its items. */
  readonly BatchInput?: Json;
}

export interface WriterConfig {
  /** `NONE`: with the executions' metadata; `COMPACT`: outputs only; `FLATTEN`: outputs that are arrays made one. */
  readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
  /** Form of the files. Default `JSON`. */
  readonly OutputType?: 'JSON' | 'JSONL';
}

interface ResultWriterFields {
  /** `arn:aws:states:::s3:putObject`. Without it `WriterConfig` shapes the state's result. */
  readonly Resource?: string;
  readonly WriterConfig?: WriterConfig;
}

/** Writes the results of a distributed Map to S3: `Bucket`, `Prefix`. */
export interface JsonPathResultWriter extends ResultWriterFields {
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: never;
}
export interface JsonataResultWriter extends ResultWriterFields {
  readonly Arguments?: Json;
  readonly Parameters?: never;
}
export type ResultWriter = JsonPathResultWriter | JsonataResultWriter;
