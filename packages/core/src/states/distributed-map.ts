import type { Json, JsonObject } from '@interstate/kernel';
import type { StateCompiler } from '../program/compile.ts';
import type { RawState } from '../program/program.ts';
import { compileNumberField } from '../flow/number-field.ts';
import { compileJsonataTemplate } from '../query/jsonata-template.ts';
import { compilePayloadTemplate } from '../query/payload-template.ts';
import type { Expression, Scope } from '../query/scope.ts';

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

export function compileDistributed(raw: RawState, config: JsonObject, { common }: StateCompiler): DistributedMap {
  const reader = raw['ItemReader'] as JsonObject | undefined;
  const batcher = raw['ItemBatcher'] as JsonObject | undefined;
  const writer = raw['ResultWriter'] as JsonObject | undefined;
  const template = (owner: JsonObject, owned: string): Expression | undefined => {
    if (common.language === 'JSONata') {
      const value = owner['Arguments'];
      return value === undefined ? undefined : compileJsonataTemplate(value, `${owned}/Arguments`);
    }
    const value = owner['Parameters'];
    return value === undefined ? undefined : compilePayloadTemplate(value);
  };
  const batchInput = batcher?.['BatchInput'];
  const readerConfig = (reader?.['ReaderConfig'] as JsonObject | undefined) ?? {};
  return {
    executionType: config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    label: raw['Label'] as string | undefined,
    reader: reader && {
      resource: reader['Resource'] as string,
      parameters: template(reader, 'ItemReader') ?? ((): Json => ({})),
      config: readerConfig,
      maxItems: compileNumberField(readerConfig, 'MaxItems'),
    },
    batcher: batcher && {
      maxItems: compileNumberField(batcher, 'MaxItemsPerBatch'),
      maxBytes: compileNumberField(batcher, 'MaxInputBytesPerBatch'),
      input:
        batchInput === undefined
          ? undefined
          : common.language === 'JSONata'
            ? compileJsonataTemplate(batchInput, 'ItemBatcher/BatchInput')
            : compilePayloadTemplate(batchInput),
    },
    writer: writer && {
      resource: writer['Resource'] as string | undefined,
      parameters: template(writer, 'ResultWriter'),
      config: (writer['WriterConfig'] as JsonObject | undefined) ?? {},
    },
    toleratedFailureCount: compileNumberField(raw, 'ToleratedFailureCount'),
    toleratedFailurePercentage: compileNumberField(raw, 'ToleratedFailurePercentage', 'float'),
  };
}
