import type { EpochMs, JsonObject } from '@interstate/kernel';

export type PipeState = 'CREATING' | 'UPDATING' | 'STARTING' | 'STOPPING' | 'DELETING' | 'RUNNING' | 'STOPPED';

/** What a pipe does, as its machine is told of it. */
export interface PipeConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly source: string;
  /** Patterns as JSON text: a record that matches any of them is taken. None: all are. */
  readonly patterns: readonly string[];
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly enrichment: string | null;
  readonly enrichmentTemplate: string | null;
  readonly target: string;
  readonly targetParameters: JsonObject;
  readonly running: boolean;
}

/** A pipe as the directory keeps it, under its name. */
export interface PipeRecord {
  readonly configuration: PipeConfiguration;
  readonly currentState: PipeState;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
  readonly roleArn: string;
  readonly description?: string;
  /** As they were given. */
  readonly sourceParameters?: JsonObject;
  readonly enrichmentParameters?: JsonObject;
  readonly targetParameters?: JsonObject;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

/** What the directory tells a pipe's machine, and what that answers. */
export type PipeNotice = { readonly type: 'configure'; readonly configuration: PipeConfiguration; readonly directory: string } | { readonly type: 'delete' };
export interface PipeNews {
  readonly type: 'pipe';
  readonly name: string;
  readonly state: 'RUNNING' | 'STOPPED' | 'DELETED';
}
