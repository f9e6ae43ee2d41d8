import type { EpochMs, JsonObject } from '@interstate/kernel';
import type { SourceBlock } from './source/source-kind.ts';

export type PipeState = 'CREATING' | 'UPDATING' | 'STARTING' | 'STOPPING' | 'DELETING' | 'RUNNING' | 'STOPPED' | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'START_FAILED';

/** What a pipe does, as its machine is told of it. */
export interface PipeConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly source: string;
  /** Which block of SourceParameters is the source's, and what is in it. */
  readonly sourceBlock: SourceBlock;
  readonly sourceParameters: JsonObject;
  /** Patterns as JSON text: a record that matches any of them is taken. None: all are. */
  readonly patterns: readonly string[];
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly enrichment: string | null;
  readonly enrichmentParameters: JsonObject;
  readonly target: string;
  readonly targetParameters: JsonObject;
  readonly log: LogConfiguration | null;
  /** What its records are sealed under. */
  readonly kmsKey?: string;
  readonly running: boolean;
}

/** What is logged of executions, and where. */
export interface LogConfiguration {
  readonly level: LogLevel;
  readonly includesData: boolean;
  /** ARNs of a log group and a delivery stream. */
  readonly logGroup?: string;
  readonly deliveryStream?: string;
  readonly bucket?: LogBucket;
}

/** Where log objects go. */
export interface LogBucket {
  readonly name: string;
  /** Before the rest of an object's key. */
  readonly prefix: string;
}

export type LogLevel = 'ERROR' | 'INFO' | 'TRACE';

/** A pipe as the directory keeps it, under its name. */
export interface PipeRecord {
  readonly configuration: PipeConfiguration;
  readonly currentState: PipeState;
  /** Why it failed, or what its source answers just now. */
  readonly stateReason?: string;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  /** As they were given: SourceParameters, EnrichmentParameters, TargetParameters, LogConfiguration, Description, KmsKeyIdentifier. */
  readonly given: JsonObject;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

/** What the directory tells a pipe's machine, and what that answers. */
export type PipeNotice = { readonly type: 'configure'; readonly configuration: PipeConfiguration; readonly directory: string } | { readonly type: 'delete' };
export interface PipeNews {
  readonly type: 'pipe';
  readonly name: string;
  /** `FAILED`: the source is not there. */
  readonly state: 'RUNNING' | 'STOPPED' | 'DELETED' | 'FAILED';
  readonly reason?: string;
}
