import type { Adapter, Address, JsonObject, Machine } from '@interstate/kernel';
import type { StructureShape } from './request-validation.ts';
import type { ErrorTable } from './service-error.ts';

/** What clients, wires and machines must know of a service's API. */
export interface ServiceModel {
  /** As AWS SDK clients call it: `SQS`, `EventBridge`. */
  readonly serviceId: string;
  /** How its answers look on the wire: AWS JSON, AWS query (XML) or REST with JSON. */
  readonly protocol: 'json' | 'query' | 'rest-json';
  /** What each operation takes. Times are numbers: milliseconds since 1970. */
  readonly operations: Readonly<Record<string, StructureShape>>;
  readonly errors: ErrorTable;
  /** Members that hold times, by name. */
  readonly times?: ReadonlySet<string>;
  /** How times look in JSON (default `seconds` since 1970). */
  readonly timeFormat?: 'seconds' | 'iso';
  /** JSON: members that the wire spells otherwise than clients do. */
  readonly wireNames?: Readonly<Record<string, string>>;
  /** Members that hold bytes, by name: base64 in machines, `Uint8Array` at clients. */
  readonly blobs?: ReadonlySet<string>;
  /** REST: answers that are more than a JSON body, by operation. */
  readonly rest?: Readonly<Record<string, RestAnswer>>;
  /** Query protocol: members of outputs that are maps with keys of the users' own. */
  readonly maps?: ReadonlySet<string>;
  /** Query protocol: the XML namespace of answers. */
  readonly xmlNamespace?: string;
  /** Operations whose answer may wait for time to pass. */
  readonly waits?: ReadonlySet<string>;
}

/** Where the members of an output stand in an HTTP answer: bytes that are the whole body, the status, headers by member. */
export interface RestAnswer {
  readonly body: string;
  /** Absent: 200. */
  readonly status?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A modelled service, as a host and its clients reach it. */
export interface ModelledService {
  readonly model: ServiceModel;
  /** The machine that is there from the start; it makes the others. */
  readonly directory: { readonly kind: string; readonly address: Address };
  /** Where a request goes: to its resource's own ARN, else to the directory. Must not throw, whatever the input. */
  readonly addressOf: (action: string, input: JsonObject) => Address;
}

/** What a package of modelled services brings to a host. Directories are spawned with the notice `{ type: 'open', seed }`. */
export interface ServiceAdapter extends Adapter {
  readonly machines: readonly Machine[];
  readonly services: readonly ModelledService[];
}
