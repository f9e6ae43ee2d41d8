import type { EpochMs, JsonObject } from '@interstate/kernel';
import type { SourceType } from './source-type.ts';

export type MappingState = 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';

/** What a mapping was told of its source and of batches, in Lambda's words. */
export interface MappingSettings {
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly ProvisionedPollerConfig?: { readonly MinimumPollers?: number; readonly MaximumPollers?: number };
  readonly MetricsConfig?: { readonly Metrics?: readonly string[] };
  readonly StartingPosition?: string;
  readonly StartingPositionTimestamp?: EpochMs;
  readonly ParallelizationFactor?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly MaximumRetryAttempts?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
  readonly Topics?: readonly string[];
  readonly Queues?: readonly string[];
  readonly SourceAccessConfigurations?: readonly { readonly Type?: string; readonly URI?: string }[];
  readonly SelfManagedEventSource?: { readonly Endpoints?: { readonly KAFKA_BOOTSTRAP_SERVERS?: readonly string[] } };
  readonly AmazonManagedKafkaEventSourceConfig?: { readonly ConsumerGroupId?: string };
  readonly SelfManagedKafkaEventSourceConfig?: { readonly ConsumerGroupId?: string };
}

/** An event source mapping, as its machine is told of it. */
export interface MappingConfiguration {
  readonly arn: string;
  readonly uuid: string;
  readonly type: SourceType;
  /** Where the source is asked: its ARN, or `smk://host:port` of a Kafka cluster of one's own. */
  readonly source: string;
  /** ARN of a function, or of a state machine. */
  readonly targetArn: string;
  readonly enabled: boolean;
  readonly settings: MappingSettings;
}

/** The same, as the directory keeps it. */
export interface MappingRecord extends MappingConfiguration {
  readonly state: MappingState;
  readonly lastModified: EpochMs;
  readonly lastResult: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a mapping's machine tells the directory: where it has got to, and how its last batch went. */
export interface MappingNews {
  readonly type: 'mapping';
  readonly uuid: string;
  readonly state: 'Enabled' | 'Disabled' | 'Deleted';
  readonly lastResult: string;
}

/** What the directory tells a mapping's machine. */
export type MappingNotice = { readonly type: 'configure'; readonly configuration: MappingConfiguration; readonly directory: string } | { readonly type: 'delete' };

/** A mapping, as the API shows it. */
export function describeMapping({ uuid, arn, type, source, targetArn, settings, state, lastModified, lastResult }: MappingRecord): JsonObject {
  return {
    UUID: uuid,
    ...(settings as JsonObject),
    ...(type !== 'selfManagedKafka' && { EventSourceArn: source }),
    FunctionArn: targetArn,
    LastModified: lastModified,
    State: state,
    StateTransitionReason: 'USER_INITIATED',
    EventSourceMappingArn: arn,
    ...(lastResult !== '' && { LastProcessingResult: lastResult }),
  };
}
