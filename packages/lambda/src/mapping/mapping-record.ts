import type { EpochMs, JsonObject } from '@interstate/kernel';

export type MappingState = 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

/** An event source mapping, as its machine is told of it. */
export interface MappingConfiguration {
  readonly arn: string;
  readonly queueArn: string;
  /** ARN of a function, or of a state machine. */
  readonly targetArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number | null;
  /** Patterns, as JSON text; a record that matches any of them is wanted. None: all are. */
  readonly patterns: readonly string[];
  readonly reportsItemFailures: boolean;
}

/** The same, as the directory keeps it. */
export interface MappingRecord extends MappingConfiguration {
  readonly uuid: string;
  readonly state: MappingState;
  readonly lastModified: EpochMs;
  readonly lastResult: string;
}

/** What a mapping's machine tells the directory: where it has got to, and how its last batch went. */
export interface MappingNews {
  readonly type: 'mapping';
  readonly uuid: string;
  readonly state: 'Enabled' | 'Disabled' | 'Deleted';
  readonly lastResult: string;
}

/** What the directory tells a mapping's machine. */
export type MappingNotice = { readonly type: 'configure'; readonly configuration: MappingConfiguration; readonly directory: string; readonly uuid: string } | { readonly type: 'delete' };

/** A mapping, as the API shows it. */
export function describeMapping(record: MappingRecord): JsonObject {
  const { uuid, arn, queueArn, targetArn, batchSize, windowSeconds, maximumConcurrency, patterns, reportsItemFailures, state, lastModified } = record;
  return {
    UUID: uuid,
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowSeconds,
    EventSourceArn: queueArn,
    ...(patterns.length > 0 && { FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) } }),
    ...(maximumConcurrency !== null && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    FunctionArn: targetArn,
    LastModified: lastModified,
    State: state,
    StateTransitionReason: 'USER_INITIATED',
    FunctionResponseTypes: reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    EventSourceMappingArn: arn,
    ...(record.lastResult !== '' && { LastProcessingResult: record.lastResult }),
  };
}
