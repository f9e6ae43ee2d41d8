import type { Json, JsonObject } from '@interstate/kernel';

/** A history event as recorded: JSON texts parsed, no timestamp. Its details lie under the one key `…EventDetails`. */
export interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [detailsKey: string]: Json;
}

/** How an execution ended. `cause` is an object where its text is a JSON object. */
export interface RecordedOutcome {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: Json;
}

/** How one attempt of a Task ended. */
export interface TaskOutcome {
  /** Null where the recording does not tell. */
  readonly state: string | null;
  /** Counts from 1 for each time the state is entered. */
  readonly attempt: number;
  readonly enteredEventId: number | null;
  /** The Map iterations around it, outermost first: `Name[index]`. */
  readonly iteration?: readonly string[];
  readonly resource: string;
  readonly result?: Json;
  readonly error?: string | null;
  readonly cause?: Json;
  readonly causeText?: string;
  readonly timeout?: boolean;
  readonly none?: boolean;
  /** Activities: a worker took the Task. */
  readonly started?: boolean;
  readonly submitted?: Json;
  readonly eventType?: string;
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
  readonly taskOutcomes: readonly TaskOutcome[];
  readonly lambdas?: Readonly<Record<string, string>>;
  readonly s3Objects?: readonly { readonly bucket: string; readonly key: string; readonly body: string }[];
}

/** What a run of the engine gave: the same form as a recording. Payloads are JSON values; `cause` is the text. */
export interface Run {
  readonly status: string;
  readonly output?: Json | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly history: readonly RecordedEvent[];
}

/** Notes of a case that change how it is compared. */
export function isSortedInsideParallel({ notes = [] }: RecordedExecution): boolean {
  return notes.some((note) => note.startsWith('events inside Parallel have id and previousEventId 0'));
}
