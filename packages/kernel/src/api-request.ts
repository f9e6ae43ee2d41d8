import type { JsonObject } from './json.ts';

/** In whose name a service calls another. Absent: the application itself, with the account's own rights. */
export interface Caller {
  /** The service principal: `sns.amazonaws.com`. */
  readonly service: string;
  /** What it calls for: `aws:SourceArn` of policies. */
  readonly sourceArn: string;
  /** Twelve digits: `aws:SourceAccount` of policies. */
  readonly account: string;
}

/**
 * What a modelled service is asked by a `call`: an operation by its name (`SendMessage`), its input with members as AWS spells
 * them, times in milliseconds since 1970, bytes in base64. The outcome's value is the operation's output, spelled likewise; a
 * failure's `Error` is the service's error code. Sent to the resource's own ARN, from clients and between services alike.
 */
export interface ApiRequest {
  readonly action: string;
  readonly input: JsonObject;
  readonly caller?: Caller;
  /** How many events in a row brought the call about, so that a loop of them is seen and ended. Absent: none. */
  readonly hops?: number;
}
