import type { Json, JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState } from '../program/program.ts';
import { below } from '../program/site.ts';
import { compileNumberField } from '../flow/number-field.ts';
import type { Expression, Scope } from '../query/scope.ts';
import { compileTemplate } from '../query/template.ts';

type NumberField = ((scope: Scope) => number) | undefined;

/** The fields of a Map state in DISTRIBUTED mode. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export interface DistributedMap {
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly label: string | undefined;
  readonly reader: { readonly resource: string; readonly parameters: Expression; readonly config: JsonObject; readonly maxItems: NumberField } | undefined;
  readonly batcher: { readonly maxItems: NumberField; readonly maxBytes: NumberField; readonly input: Expression | undefined } | undefined;
  readonly writer: { readonly resource: string | undefined; readonly parameters: Expression | undefined; readonly config: JsonObject } | undefined;
  readonly toleratedFailureCount: NumberField;
  readonly toleratedFailurePercentage: NumberField;
}

export function compileDistributed(raw: RawState, config: JsonObject, { site }: StateCompiler): DistributedMap {
  const reader = raw['ItemReader'] as JsonObject | undefined;
  const batcher = raw['ItemBatcher'] as JsonObject | undefined;
  const writer = raw['ResultWriter'] as JsonObject | undefined;
  const parameters = site.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const batcherSite = below(site, 'ItemBatcher');
  const readerSite = below(site, 'ItemReader');
  const readerConfig = (reader?.['ReaderConfig'] as JsonObject | undefined) ?? {};
  return {
    executionType: config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    label: raw['Label'] as string | undefined,
    reader: reader && {
      resource: reader['Resource'] as string,
      parameters: compileTemplate(reader, parameters, readerSite) ?? ((): Json => ({})),
      config: readerConfig,
      maxItems: compileNumberField(readerConfig, 'MaxItems', below(readerSite, 'ReaderConfig')),
    },
    batcher: batcher && {
      maxItems: compileNumberField(batcher, 'MaxItemsPerBatch', batcherSite),
      maxBytes: compileNumberField(batcher, 'MaxInputBytesPerBatch', batcherSite),
      input: compileTemplate(batcher, 'BatchInput', batcherSite),
    },
    writer: writer && {
      resource: writer['Resource'] as string | undefined,
      parameters: compileTemplate(writer, parameters, below(site, 'ResultWriter')),
      config: (writer['WriterConfig'] as JsonObject | undefined) ?? {},
    },
    toleratedFailureCount: compileNumberField(raw, 'ToleratedFailureCount', site),
    toleratedFailurePercentage: compileNumberField(raw, 'ToleratedFailurePercentage', site, 'float'),
  };
}
