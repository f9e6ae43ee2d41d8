import { formatTimestamp, type EpochMs, type Json } from '@interstate/kernel';
import { compileEventPath } from '../input-transformer/event-path.ts';
import { compileTemplate, payloadValue } from '../input-transformer/template.ts';
import { openedRecord } from './opened-record.ts';
import type { PipeConfiguration } from './pipe-record.ts';

/** Makes what a stage is given of one record. Undefined: the template has not become JSON. */
export type RecordInput = (record: Json, now: EpochMs) => Json | undefined;

const CONTEXT: Readonly<Record<string, (pipe: PipeConfiguration) => Json>> = {
  'aws.pipes.pipe-arn': ({ arn }) => arn,
  'aws.pipes.pipe-name': ({ name }) => name,
  'aws.pipes.source-arn': ({ source }) => source,
  'aws.pipes.enrichment-arn': ({ enrichment }) => enrichment ?? '',
  'aws.pipes.target-arn': ({ target }) => target,
};

/** Of the record itself. */
const OF_RECORD = new Set(['aws.pipes.event', 'aws.pipes.event.json', 'aws.pipes.event.ingestion-time']);

/** The first placeholder of a template that means nothing; undefined where all do. */
export function unknownPlaceholder(template: string): string | undefined {
  return compileTemplate(template).placeholders.find((name) => !Object.hasOwn(CONTEXT, name) && !OF_RECORD.has(name) && !compileEventPath(name));
}

/**
 * Compiles an InputTemplate: `<$.body.orderId>` looks into the record, its JSON payload opened; `<aws.pipes.…>` into what is known
 * of the pipe. Without a template a record is given as it is.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 */
export function recordInput(template: string | null | undefined, pipe: PipeConfiguration): RecordInput {
  if (!template) return (record) => record;
  const { fill } = compileTemplate(template);
  return (record, now) => {
    const view = openedRecord(record);
    const payload = fill((name) => {
      if (Object.hasOwn(CONTEXT, name)) return CONTEXT[name]!(pipe);
      if (name === 'aws.pipes.event.ingestion-time') return formatTimestamp(now);
      return OF_RECORD.has(name) ? record : compileEventPath(name)?.(view);
    });
    return payload && (payloadValue(payload) ?? payload.text!);
  };
}
