import type { JsonObject } from '@interstate/kernel';
import type { InputOptions } from '../input-transformer/target-input.ts';

/** A target of a rule, as PutTargets takes it. */
export interface Target extends InputOptions {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly KinesisParameters?: { readonly PartitionKeyPath: string };
  readonly HttpParameters?: HttpParameters;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: RetryPolicy;
  readonly EcsParameters?: JsonObject;
  readonly BatchParameters?: JsonObject;
  readonly RunCommandParameters?: JsonObject;
  readonly RedshiftDataParameters?: JsonObject;
  readonly SageMakerPipelineParameters?: JsonObject;
  readonly AppSyncParameters?: JsonObject;
}

export interface HttpParameters {
  /** Fill the `*` of the endpoint, in order. A value that starts with `$` is a path into the event. */
  readonly PathParameterValues?: readonly string[];
  readonly HeaderParameters?: Readonly<Record<string, string>>;
  readonly QueryStringParameters?: Readonly<Record<string, string>>;
}

export interface RetryPolicy {
  /** 0…185. */
  readonly MaximumRetryAttempts?: number;
  /** 60…86,400. */
  readonly MaximumEventAgeInSeconds?: number;
}
