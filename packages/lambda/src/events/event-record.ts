import type { EpochMs, Json, JsonObject } from '@interstate/kernel';

/** An event in the queue of a function. */
export interface EventRecord {
  /** With version or alias. */
  readonly functionArn: string;
  readonly payload: Json;
  /** How many events in a row have brought it about. */
  readonly hops: number;
  /** When it came. */
  readonly time: EpochMs;
  /** How often the function was called, and how often it could not be because of too many calls. */
  readonly calls: number;
  readonly throttles: number;
  /** When it is tried again; null while the function runs. */
  readonly dueAt: EpochMs | null;
  /** Where it goes by `DeadLetterConfig` if it fails for good; null: nowhere. */
  readonly deadLetterTarget: string | null;
  /** What the function answered the last time. */
  readonly answer: FunctionAnswer | null;
  /** Who is told of the end; null where the answer is there. */
  readonly sending: readonly (Sending | null)[];
}

export interface Sending {
  readonly to: string;
  /** What it means that it has arrived. */
  readonly then: 'delivered' | 'deadLettered';
}

export interface FunctionAnswer {
  readonly payload: Json;
  readonly functionError: string | null;
  readonly version: string;
}

/** How events for a function, version or alias are dealt with. */
export interface EventInvokeConfig {
  readonly functionArn: string;
  readonly lastModified: EpochMs;
  readonly maximumRetryAttempts: number | null;
  readonly maximumEventAgeSeconds: number | null;
  readonly onSuccess: string | null;
  readonly onFailure: string | null;
}

export const DEFAULT_RETRY_ATTEMPTS = 2;
export const DEFAULT_EVENT_AGE_SECONDS = 21_600;

/** As the API shows it. */
export function describeInvokeConfig({ functionArn, lastModified, maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure }: EventInvokeConfig): JsonObject {
  const destination = (arn: string | null): JsonObject => (arn === null ? {} : { Destination: arn });
  return {
    LastModified: lastModified,
    FunctionArn: functionArn,
    ...(maximumRetryAttempts !== null && { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds !== null && { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: { OnSuccess: destination(onSuccess), OnFailure: destination(onFailure) },
  };
}
