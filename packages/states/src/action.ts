import { nextUint32, nextUuid, type Address, type Crypto, type Effect, type Json, type JsonObject, type ReplyTo, type ResponseSchemas } from '@interstate/kernel';
import type { ProbeOf, ProgramLibrary } from '@interstate/core';
import type { KmsKeyState } from '@interstate/service-kit';
import type { DirectoryState } from './directory-state.ts';
import type { StatesLimits } from './limits.ts';
import type { ChildExecution } from './map-run/child-execution.ts';
import { askElsewhere } from './waiting.ts';

/** What the directory of an account and region is made with. */
export interface DirectoryOptions {
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  readonly programs: ProgramLibrary;
  readonly limits: StatesLimits;
  /** Undefined: any key is there and can be used. */
  readonly kmsKeyState: ((kmsKeyId: string) => KmsKeyState) | undefined;
  /** Who is told of execution status changes: the address of an event bus. Undefined: one that has said it wants to be. */
  readonly eventBus: string | undefined;
  /** Response schemas for mocked results of TestState, beyond those the service knows. */
  readonly responseSchemas: ResponseSchemas | undefined;
  /** Wants to know what TestState runs. */
  readonly probeOf: ProbeOf | undefined;
}

/** What an action may draw on while it answers one call. */
export class ActionContext {
  readonly effects: Effect[] = [];
  /** The caller is an `aws-sdk:sfn` Task, which wants its answer in the words of that integration. */
  isSdkTask = false;
  /** The child execution the call asks for, once it is found. */
  child: ChildExecution | undefined;

  constructor(
    readonly options: DirectoryOptions,
    readonly state: DirectoryState,
    readonly now: number,
    readonly crypto: Crypto,
    /** Who called; null while a notice or an answer is taken in. */
    readonly replyTo: ReplyTo | null = null,
  ) {}

  get directory(): string {
    return this.options.directory;
  }

  get region(): string {
    return this.options.region;
  }

  get account(): string {
    return this.options.account;
  }

  get limits(): StatesLimits {
    return this.options.limits;
  }

  uuid(): string {
    return nextUuid(this.state.random);
  }

  seed(): [number, number, number, number] {
    const { random } = this.state;
    return [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  }

  /** Passes the call on to another address, whose answer becomes the caller's. */
  forward(to: Address, request: JsonObject): undefined {
    if (this.replyTo) askElsewhere(this, to, request, this.replyTo);
    return undefined;
  }

  /** ARN of something of this account and region. */
  arn(kind: 'stateMachine' | 'activity', name: string): string {
    return `arn:aws:states:${this.region}:${this.account}:${kind}:${name}`;
  }
}

/**
 * An action of the service: checked input to output, effects beside. Times in outputs are milliseconds since 1970.
 * Undefined: the answer comes later. `wishes` are the application's own for an execution: relaxed limits, no history, an
 * earlier behaviour. @throws StatesError
 */
export type Action = (context: ActionContext, input: JsonObject, wishes?: JsonObject) => Json | undefined;
