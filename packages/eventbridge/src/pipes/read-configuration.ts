import { pipesDialect, recordFilter } from '@interstate/event-patterns';
import { isJsonObject, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { polledQueue, type StructureShape } from '@interstate/service-kit';
import { picked } from '../picked.ts';
import { enrichmentKind } from './enrichment.ts';
import { invalid } from './errors.ts';
import { ENRICHMENT_PARAMETERS, LOG_CONFIGURATION, SOURCE_PARAMETERS, TARGET_PARAMETERS } from './input-shapes.ts';
import { unknownPlaceholder } from './input-template.ts';
import type { LogBucket, LogConfiguration, LogLevel, PipeRecord } from './pipe-record.ts';
import { blocksOf, sourceKind, type SourceBlock } from './source/source-kind.ts';
import { targetKind, targetMember } from './target-call.ts';

/** What a source brings at once unless asked otherwise. */
const QUEUE_BATCH = 10;
const STREAM_BATCH = 100;

/** Whether an adapter of the application's answers at an ARN. */
export type Reaches = (arn: string) => boolean;

/** Reads what CreatePipe and UpdatePipe are given. @throws ServiceFault ValidationException */
export function readConfiguration(arn: string, input: JsonObject, reaches: Reaches): Pick<PipeRecord, 'configuration' | 'given'> {
  const { Name, Source, Target, Enrichment, RoleArn, Description, KmsKeyIdentifier, DesiredState } = input as Readonly<Record<string, string>>;
  const SourceParameters = parametersOf(SOURCE_PARAMETERS, input['SourceParameters']);
  const EnrichmentParameters = parametersOf(ENRICHMENT_PARAMETERS, input['EnrichmentParameters']);
  const TargetParameters = parametersOf(TARGET_PARAMETERS, input['TargetParameters']);
  const LogConfiguration = parametersOf(LOG_CONFIGURATION, input['LogConfiguration']);
  const sourceBlock = sourceBlockOf(Source!, SourceParameters);
  const sourceParameters = (SourceParameters?.[sourceBlock] ?? {}) as JsonObject;
  const maximumBatch = Math.min(targetBatch(Target!, Enrichment, reaches), enrichmentBatch(Enrichment));
  const batch = readBatch(Source!, sourceBlock, sourceParameters, maximumBatch);
  checkStream(sourceBlock, sourceParameters);
  checkTarget(Target!, TargetParameters ?? {}, reaches);
  for (const parameters of [EnrichmentParameters, TargetParameters]) checkTemplate(parameters?.['InputTemplate'] as string | undefined);
  return {
    configuration: {
      name: Name!,
      arn,
      roleArn: RoleArn!,
      source: Source!,
      sourceBlock,
      sourceParameters,
      patterns: patternsOf(SourceParameters),
      ...batch,
      enrichment: Enrichment || null,
      enrichmentParameters: EnrichmentParameters ?? {},
      target: Target!,
      targetParameters: TargetParameters ?? {},
      log: logOf(LogConfiguration),
      ...(KmsKeyIdentifier && { kmsKey: KmsKeyIdentifier }),
      running: DesiredState !== 'STOPPED',
    },
    given: {
      ...(Description !== undefined && { Description }),
      ...(SourceParameters && { SourceParameters }),
      ...(EnrichmentParameters && { EnrichmentParameters }),
      ...(TargetParameters && { TargetParameters }),
      ...(LogConfiguration && { LogConfiguration }),
      ...(KmsKeyIdentifier && { KmsKeyIdentifier }),
    },
  };
}

/** A copy of what was given. */
function parametersOf(shape: StructureShape, value: Json | undefined): JsonObject | undefined {
  return value === undefined ? undefined : (picked(shape, value) as JsonObject);
}

function sourceBlockOf(source: string, parameters: JsonObject = {}): SourceBlock {
  const blocks = blocksOf(source);
  if (blocks.length === 0) throw invalid(`The source ${source} is none that a pipe can read: give the ARN of an SQS queue, a Kinesis or DynamoDB stream, an Amazon MQ broker or an MSK cluster, or smk://host:port of a Kafka cluster.`);
  const given = Object.keys(parameters).filter((name) => name !== 'FilterCriteria');
  const other = given.find((name) => !blocks.includes(name as SourceBlock));
  if (other !== undefined) throw invalid(`${other} are not for the source ${source}; ${blocks.join(' or ')} are.`);
  const block = given[0] ?? (blocks[0] === 'SqsQueueParameters' ? blocks[0] : undefined);
  if (block === undefined || given.length > 1) throw invalid(`SourceParameters must have ${blocks.join(' or ')} for the source ${source}.`);
  return block as SourceBlock;
}

function targetBatch(target: string, enrichment: string | undefined, reaches: Reaches): number {
  const kind = targetKind(target, reaches);
  if (!kind) throw invalid(`The target ${target} is not modelled here. An adapter of your own that answers at its ARN would be asked to Invoke.`);
  // An enrichment may give fewer events than records come.
  return enrichment ? Infinity : (kind.maximumBatch ?? Infinity);
}

function enrichmentBatch(enrichment: string | undefined): number {
  if (!enrichment) return Infinity;
  const kind = enrichmentKind(enrichment);
  if (!kind) throw invalid(`The enrichment ${enrichment} is not modelled here: functions, Express state machines, API destinations and API Gateway are.`);
  return kind.maximumBatch ?? Infinity;
}

function readBatch(source: string, block: SourceBlock, parameters: JsonObject, maximumBatch: number): { readonly batchSize: number; readonly windowSeconds: number } {
  const usual = block === 'SqsQueueParameters' ? QUEUE_BATCH : STREAM_BATCH;
  const { BatchSize: batchSize = Math.min(usual, maximumBatch), MaximumBatchingWindowInSeconds: windowSeconds = 0 } = parameters as { BatchSize?: number; MaximumBatchingWindowInSeconds?: number };
  const isQueue = block === 'SqsQueueParameters';
  if (isQueue && batchSize > QUEUE_BATCH && windowSeconds === 0) throw invalid(`A BatchSize above ${QUEUE_BATCH} needs a MaximumBatchingWindowInSeconds of at least 1.`);
  if (isQueue && polledQueue(source)?.fifo && (batchSize > QUEUE_BATCH || windowSeconds > 0)) throw invalid('A FIFO queue takes a BatchSize up to 10 and no batching window.');
  if (isQueue && !polledQueue(source)) throw invalid(`The source ${source} is no ARN of an SQS queue.`);
  if (batchSize > maximumBatch) throw invalid(`The enrichment or the target takes ${maximumBatch} events at once; the BatchSize is ${batchSize}.`);
  return { batchSize, windowSeconds };
}

function checkStream(block: SourceBlock, parameters: JsonObject): void {
  if (!sourceKind(block)) return;
  const { StartingPosition, StartingPositionTimestamp, MaximumRecordAgeInSeconds: age, DeadLetterConfig } = parameters;
  if ((StartingPosition === 'AT_TIMESTAMP') !== (StartingPositionTimestamp !== undefined)) throw invalid('A StartingPositionTimestamp goes with the StartingPosition AT_TIMESTAMP, and with no other.');
  if (typeof age === 'number' && age >= 0 && age < 60) throw invalid(`MaximumRecordAgeInSeconds must be -1 or from 60 to 604800, not ${age}.`);
  const queue = (DeadLetterConfig as JsonObject | undefined)?.['Arn'] as string | undefined;
  if (queue === undefined) return;
  const service = parseArn(queue)?.service;
  if ((service !== 'sqs' && service !== 'sns') || queue.endsWith('.fifo')) throw invalid(`DeadLetterConfig.Arn must be that of a standard SQS queue or SNS topic, not ${queue}.`);
}

function checkTarget(target: string, parameters: JsonObject, reaches: Reaches): void {
  const kind = targetKind(target, reaches)!;
  const other = Object.keys(parameters).find((name) => name !== 'InputTemplate' && name !== kind.parameters);
  if (other !== undefined && kind.parameters !== undefined) throw invalid(`${other} are not for the target ${target}.`);
  if (targetMember(target) === 'kinesis' && !isJsonObject(parameters['KinesisStreamParameters'])) throw invalid('KinesisStreamParameters must be specified for this target.');
}

function checkTemplate(template: string | undefined): void {
  const unknown = template ? unknownPlaceholder(template) : undefined;
  if (unknown !== undefined) throw invalid(`InputTemplate contains invalid placeholder ${unknown}.`);
}

function patternsOf(parameters: JsonObject | undefined): readonly string[] {
  const { Filters: filters = [] } = (parameters?.['FilterCriteria'] ?? {}) as { Filters?: readonly { Pattern?: string }[] };
  const patterns = filters.flatMap(({ Pattern: pattern }) => pattern ?? []);
  const filter = recordFilter(patterns, pipesDialect);
  if (filter.type === 'fault') throw invalid(`Invalid filter pattern: ${filter.message}`);
  return patterns;
}

function logOf(given: JsonObject | undefined): LogConfiguration | null {
  if (!given || given['Level'] === 'OFF') return null;
  const { Level, IncludeExecutionData = [], CloudwatchLogsLogDestination, FirehoseLogDestination, S3LogDestination } = given as { Level: LogLevel; IncludeExecutionData?: readonly string[] } & JsonObject;
  const logGroup = (CloudwatchLogsLogDestination as JsonObject | undefined)?.['LogGroupArn'] as string | undefined;
  const deliveryStream = (FirehoseLogDestination as JsonObject | undefined)?.['DeliveryStreamArn'] as string | undefined;
  const bucket = bucketOf(S3LogDestination as JsonObject | undefined);
  if (logGroup === undefined && deliveryStream === undefined && !bucket) throw invalid(`A LogConfiguration of level ${Level} needs a destination: CloudwatchLogsLogDestination, FirehoseLogDestination or S3LogDestination.`);
  return { level: Level, includesData: IncludeExecutionData.includes('ALL'), ...(logGroup !== undefined && { logGroup }), ...(deliveryStream !== undefined && { deliveryStream }), ...(bucket && { bucket }) };
}

function bucketOf(destination: JsonObject | undefined): LogBucket | undefined {
  if (!destination) return undefined;
  const { BucketName: name, Prefix: prefix = '', OutputFormat: format = 'json' } = destination as Readonly<Record<string, string>>;
  if (format !== 'json') throw invalid(`EventBridge supports the OutputFormat json only, not ${format}.`);
  return { name: name!, prefix };
}
