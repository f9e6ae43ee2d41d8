import { formatTimestamp, type EpochMs, type JsonObject } from '@interstate/kernel';
import type { LogBucket, LogLevel, PipeConfiguration } from './pipe-record.ts';
import type { OperationCall } from './stage-call.ts';
import { putLogEventsCall } from './target-call.ts';

/** The steps of an execution, and the least level that tells of each. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-logs.html */
const STEPS = {
  EXECUTION_STARTED: 'INFO',
  EXECUTION_SUCCEEDED: 'INFO',
  EXECUTION_FAILED: 'ERROR',
  EXECUTION_PARTIALLY_FAILED: 'ERROR',
  EXECUTION_TIMEOUT: 'ERROR',
  ENRICHMENT_STAGE_ENTERED: 'INFO',
  ENRICHMENT_STAGE_SUCCEEDED: 'INFO',
  ENRICHMENT_STAGE_FAILED: 'ERROR',
  ENRICHMENT_TRANSFORMATION_FAILED: 'ERROR',
  ENRICHMENT_INVOCATION_STARTED: 'TRACE',
  ENRICHMENT_INVOCATION_SUCCEEDED: 'TRACE',
  ENRICHMENT_INVOCATION_FAILED: 'ERROR',
  TARGET_STAGE_ENTERED: 'INFO',
  TARGET_STAGE_SUCCEEDED: 'INFO',
  TARGET_STAGE_FAILED: 'ERROR',
  TARGET_STAGE_PARTIALLY_FAILED: 'ERROR',
  TARGET_STAGE_SKIPPED: 'TRACE',
  TARGET_TRANSFORMATION_FAILED: 'ERROR',
  TARGET_INVOCATION_STARTED: 'TRACE',
  TARGET_INVOCATION_SUCCEEDED: 'TRACE',
  TARGET_INVOCATION_FAILED: 'ERROR',
  TARGET_INVOCATION_PARTIALLY_FAILED: 'ERROR',
} as const satisfies Readonly<Record<string, LogLevel>>;

export type ExecutionStep = keyof typeof STEPS;

const RANK: Readonly<Record<LogLevel, number>> = { ERROR: 0, INFO: 1, TRACE: 2 };

/** Data is cut to so many characters a field. */
const FIELD_LENGTH = 80_000;

/** What a log record may hold of the data, as values. */
export interface ExecutionData {
  readonly payload?: unknown;
  readonly awsRequest?: unknown;
  readonly awsResponse?: unknown;
  readonly error?: { readonly message: string; readonly details: string };
}

/** What a step of the machine has logged, until it is sent. */
export class ExecutionLog {
  private readonly lines: string[] = [];

  constructor(
    private readonly pipe: PipeConfiguration,
    private readonly now: EpochMs,
    /** The id of a batch's execution. */
    private readonly executionId: (batch: number) => string,
  ) {}

  add(batch: number, messageType: ExecutionStep, { error, ...data }: ExecutionData = {}): void {
    const { log, arn } = this.pipe;
    const logLevel = STEPS[messageType];
    if (!log || RANK[logLevel] > RANK[log.level]) return;
    const truncatedFields: string[] = [];
    const fields: Record<string, string> = {};
    for (const [name, value] of Object.entries(log.includesData ? data : {})) {
      const text = JSON.stringify(value) ?? '';
      fields[name] = text.slice(0, FIELD_LENGTH);
      if (text.length > FIELD_LENGTH) truncatedFields.push(name);
    }
    this.lines.push(JSON.stringify({ resourceArn: arn, timestamp: this.now, executionId: this.executionId(batch), messageType, logLevel, ...fields, ...(truncatedFields.length > 0 && { truncatedFields }), ...(error && { error }) }));
  }

  /** The calls that bring what was logged where it goes. @param number of this part of the log */
  calls(number: number): readonly OperationCall[] {
    const { lines, now, pipe } = this;
    const { logGroup, deliveryStream, bucket } = pipe.log ?? {};
    if (lines.length === 0) return [];
    const Records: JsonObject[] = lines.map((Data) => ({ Data }));
    return [
      ...(logGroup === undefined ? [] : [putLogEventsCall(logGroup, pipe.name, lines.map((message) => ({ timestamp: now, message })))]),
      ...(deliveryStream === undefined ? [] : [{ to: deliveryStream, action: 'PutRecordBatch', input: { DeliveryStreamName: deliveryStream.slice(deliveryStream.indexOf('/') + 1), Records } }]),
      ...(bucket ? [putLogObject(pipe, bucket, now, number, lines)] : []),
    ];
  }
}

/** One object for each part of the log, a line for each record. AWS does not say how keys go on after the prefix: like those of its other logs here. */
function putLogObject({ arn, name }: PipeConfiguration, bucket: LogBucket, now: EpochMs, number: number, lines: readonly string[]): OperationCall {
  const [, , , region = '', account = ''] = arn.split(':');
  const [date = '', hour = ''] = formatTimestamp(now).split(/[T:]/);
  const Key = `${bucket.prefix}AWSLogs/${account}/vendedlogs/pipes/${region}/${name}/${date.replaceAll('-', '/')}/${hour}/${name}-${now}-${number}.log`;
  return { to: `arn:aws:s3:::${bucket.name}`, action: 'PutObject', input: { Bucket: bucket.name, Key, Body: lines.map((line) => `${line}\n`).join(''), ContentType: 'application/json' } };
}
