import type { Failure, Json, JsonObject, TaskRequest } from '@interstate/kernel';
import type { OptimizedNames } from './call-failure.ts';

/** A service that Step Functions has an optimized integration for. */
export interface OptimizedService extends OptimizedNames {
  /** The name in Task resources: `elasticmapreduce` in `elasticmapreduce:addStep`. */
  readonly service: string;
  /** The name of the client behind it, as in `aws-sdk:` resources: `emr`. */
  readonly client: string;
  /** Whether results carry `SdkHttpMetadata` and `SdkResponseMetadata`. Default true. */
  readonly metadata?: boolean;
  readonly actions: Readonly<Record<string, OptimizedAction>>;
}

/** One action. An empty row calls the client's action of the same name and shows what it answers. */
export interface OptimizedAction {
  /** The client's action, where it is called otherwise. */
  readonly method?: string;
  /** The client, where it is another one than the service's. */
  readonly client?: string;
  /** What the client is given, where it is not just what the Task gives. */
  readonly input?: (parameters: JsonObject, request: TaskRequest) => JsonObject;
  /** The host that the Task itself has the call sent to: what the service calls InvalidAddress is a host that nobody knows. */
  readonly hostOf?: (parameters: JsonObject) => string;
  /** What is asked first; its answer goes into `input` as `Found`. */
  readonly find?: { readonly method: string; readonly input: (parameters: JsonObject) => JsonObject };
  /** The Task's result, where it is not just what the client answers. */
  readonly result?: (answer: JsonObject) => JsonObject;
  /** The failure hidden in an answer. */
  readonly failure?: (answer: JsonObject) => Failure | undefined;
  readonly sync?: SyncRule;
}

/** How `.sync` follows a job. All values are as the Task shows them: members in PascalCase. */
export interface SyncRule {
  /** The client's action that describes the job. */
  readonly describe: string;
  readonly input: (started: JsonObject, parameters: JsonObject) => JsonObject;
  /** The job within the description; default the whole. */
  readonly job?: (description: JsonObject) => Json | undefined;
  /** Where the job's status stands: names from the job inwards. Ignored where there is `ended`. */
  readonly status: readonly string[];
  /** The statuses of a job that ended well, and of one that failed. Any other: it still runs. */
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** Looks at a job that `succeeded` by status: false where it failed all the same. */
  readonly isGood?: (job: JsonObject) => boolean;
  /** A job that is gone has succeeded: deletions. */
  readonly goneIsSuccess?: boolean;
  /** The client's action that ends the job when the Task is given up. */
  readonly cancel?: { readonly method: string; readonly input: (started: JsonObject, parameters: JsonObject) => JsonObject };
  /** The Task's result, made of the description; default: the job where `job` is given, else the description. */
  readonly result?: (description: JsonObject, pattern: 'sync' | 'sync:2') => JsonObject;
}

/** A member of an object; `undefined` where either is missing. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, Json>>)[step];
  }
  return found;
}

/** The members of an object that have a value. */
export function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
