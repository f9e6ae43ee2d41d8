import type { Json, JsonObject } from '@interstate/kernel';
import type { RecordedEvent, TaskOutcome } from '@interstate/testing/internal';

/** How an execution ended. `cause` is an object where its text is a JSON object. */
export interface RecordedOutcome {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: Json;
}

export interface RecordedTaskOutcome extends TaskOutcome {
  readonly enteredEventId: number | null;
}

export interface RecordedExecution {
  readonly id: string;
  readonly kind: 'execution';
  readonly type: 'STANDARD' | 'EXPRESS';
  /** When it was last checked against the service, ISO 8601. */
  readonly recorded: string;
  readonly features?: readonly string[];
  readonly notes?: readonly string[];
  readonly unresolved?: readonly string[];
  readonly definition: JsonObject | string | null;
  readonly input: Json;
  readonly context?: {
    readonly executionArn?: string;
    readonly executionName?: string;
    readonly stateMachineArn?: string;
    readonly stateMachineName?: string;
    readonly roleArn?: string;
  };
  readonly history: readonly RecordedEvent[] | null;
  readonly outcome: RecordedOutcome | null;
  readonly taskOutcomes: readonly RecordedTaskOutcome[];
  readonly lambdas?: Readonly<Record<string, string>>;
  readonly s3Objects?: readonly { readonly bucket: string; readonly key: string; readonly body: string }[];
}

/** Notes of a case that change how it is compared. */
export function isSortedInsideParallel({ notes = [] }: RecordedExecution): boolean {
  return notes.some((note) => note.startsWith('events inside Parallel have id and previousEventId 0'));
}
