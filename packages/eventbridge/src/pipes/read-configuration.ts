import { recordFilter, pipesDialect } from '@interstate/event-patterns';
import { isJsonObject, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { polledQueue, type StructureShape } from '@interstate/service-kit';
import { picked } from '../picked.ts';
import { invalid } from './errors.ts';
import { ENRICHMENT_PARAMETERS, SOURCE_PARAMETERS, TARGET_PARAMETERS } from './input-shapes.ts';
import { unknownPlaceholder } from './input-template.ts';
import type { PipeRecord } from './pipe-record.ts';
import { targetKind } from './target-call.ts';

const BATCH = 10;

/** Reads what CreatePipe and UpdatePipe are given. @throws ServiceFault ValidationException */
export function readConfiguration(arn: string, input: JsonObject): Omit<PipeRecord, 'currentState' | 'createdAt' | 'modifiedAt' | 'tags'> {
  const { Name: name, Source: source, Target: target, Enrichment: enrichment, RoleArn: roleArn, Description: description, DesiredState: desired } = input as Readonly<Record<string, string>>;
  const sourceParameters = parametersOf(SOURCE_PARAMETERS, input['SourceParameters']);
  const enrichmentParameters = parametersOf(ENRICHMENT_PARAMETERS, input['EnrichmentParameters']);
  const targetParameters = parametersOf(TARGET_PARAMETERS, input['TargetParameters']);
  const queue = polledQueue(source!);
  if (!queue) throw invalid(`The source ${source} is not modelled here: SQS queues are.`);
  const { BatchSize: batchSize = BATCH, MaximumBatchingWindowInSeconds: windowSeconds = 0 } = (sourceParameters?.['SqsQueueParameters'] ?? {}) as { BatchSize?: number; MaximumBatchingWindowInSeconds?: number };
  if (batchSize > BATCH && windowSeconds === 0) throw invalid(`A BatchSize above ${BATCH} needs a MaximumBatchingWindowInSeconds of at least 1.`);
  if (queue.fifo && (batchSize > BATCH || windowSeconds > 0)) throw invalid('A FIFO queue takes a BatchSize up to 10 and no batching window.');
  const { Filters: filters = [] } = (sourceParameters?.['FilterCriteria'] ?? {}) as { Filters?: readonly { Pattern?: string }[] };
  const patterns = filters.flatMap(({ Pattern: pattern }) => pattern ?? []);
  const filter = recordFilter(patterns, pipesDialect);
  if (filter.type === 'fault') throw invalid(`Invalid filter pattern: ${filter.message}`);
  const kind = targetKind(target!);
  if (!kind) throw invalid(`The target ${target} is not modelled here.`);
  if (kind.maximumBatch !== undefined && batchSize > kind.maximumBatch && !enrichment) throw invalid(`The target takes ${kind.maximumBatch} events at once; the BatchSize is ${batchSize}.`);
  if (parseArn(target!)?.service === 'kinesis' && !isJsonObject(targetParameters?.['KinesisStreamParameters'])) throw invalid('KinesisStreamParameters must be specified for this target.');
  if (enrichment) {
    const { service, resource = '' } = parseArn(enrichment) ?? {};
    if (service !== 'lambda' && !(service === 'states' && resource.startsWith('stateMachine:'))) throw invalid(`The enrichment ${enrichment} is not modelled here: functions and Express state machines are.`);
  }
  const templateOf = (parameters: JsonObject | undefined): string | null => (parameters?.['InputTemplate'] as string | undefined) || null;
  for (const template of [templateOf(enrichmentParameters), templateOf(targetParameters)]) {
    const unknown = template === null ? undefined : unknownPlaceholder(template);
    if (unknown !== undefined) throw invalid(`InputTemplate contains invalid placeholder ${unknown}.`);
  }
  return {
    configuration: {
      name: name!,
      arn,
      source: source!,
      patterns,
      batchSize,
      windowSeconds,
      enrichment: enrichment || null,
      enrichmentTemplate: templateOf(enrichmentParameters),
      target: target!,
      targetParameters: targetParameters ?? {},
      running: desired !== 'STOPPED',
    },
    roleArn: roleArn!,
    ...(description !== undefined && { description }),
    ...(sourceParameters && { sourceParameters }),
    ...(enrichmentParameters && { enrichmentParameters }),
    ...(targetParameters && { targetParameters }),
  };
}

/** A copy of parameters that are modelled. @throws ServiceFault ValidationException where others are among them */
function parametersOf(shape: StructureShape, value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined;
  const other = Object.keys(value as JsonObject).find((name) => Object.hasOwn(shape.members, name) && shape.members[name]!.type === 'json');
  if (other !== undefined) throw invalid(`${other} are not modelled here.`);
  return picked(shape, value) as JsonObject;
}
