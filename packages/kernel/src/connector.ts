import type { EpochMs } from './clock.ts';
import type { Json } from './json.ts';
import type { Address, Machine, Outcome } from './machine.ts';
import type { ResponseSchemas } from './response-schema.ts';
import type { TaskRequest } from './task.ts';

/** What a connector knows of the call it answers. */
export interface ConnectorCall {
  /** The address that was called, where a pattern led here. */
  readonly to: Address;
  readonly from: Address;
  readonly callId: string;
  readonly request: Json;
  /** The host's clock when the call was made. */
  readonly now: EpochMs;
  /** Aborts when the machine withdraws the call: timeout, stop, failed sibling. */
  readonly signal: AbortSignal;
  /** News for the caller before the answer, e.g. `{ type: 'submitted', output }` of a Task. */
  progress(news: Json): void;
  /** Lets a virtual clock run on while this call is open: for answers that wait for time or for the cloud itself. */
  release(): void;
}

/**
 * Something that cannot be a machine: user code, an HTTP call, the real AWS. Asynchronous, outside, called by the host.
 * A modelled failure is returned as `{ ok: false, error }`; anything thrown becomes the failure of the call.
 */
export type Connector = (call: ConnectorCall) => Outcome | Promise<Outcome>;

/** A Task resource and what answers it. */
export interface TaskBinding {
  /** The part after `arn:aws:states:::` without pattern suffix (`lambda:invoke`, `aws-sdk:*`), or an ARN; `*` stands for any run of characters. */
  readonly resource: string;
  readonly connector: Connector;
  /** What is wrong with a request's shape, in Step Functions' words, or undefined. Pure: asked before the Task is scheduled. */
  readonly check?: TaskCheck;
}

/** Looks at a Task's parameters before it is scheduled. */
export type TaskCheck = (request: TaskRequest) => string | undefined;

/** A Task resource that a machine answers: its calls go to that address. */
export interface TaskForward {
  /** As in `TaskBinding`. */
  readonly resource: string;
  readonly to: Address;
}

/** What an adapter package brings to a host. Plugging it in is putting it in a list. */
export interface Adapter {
  readonly service: string;
  /** Kinds of machine it brings; who spawns them is its own business. */
  readonly machines?: readonly Machine[];
  readonly tasks?: readonly TaskBinding[];
  /** Its Tasks are answered by it only where nobody else answers them, by a pattern or not. */
  readonly yields?: true;
  readonly forwards?: readonly TaskForward[];
  /** Connectors at fixed addresses, for calls between machines and the outside (an object store, say). */
  readonly connectors?: Readonly<Record<Address, Connector>>;
  /** What the services behind it answer: mocked results of TestState are held against that. */
  readonly responseSchemas?: ResponseSchemas;
}

