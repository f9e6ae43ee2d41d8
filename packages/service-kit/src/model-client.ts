import { plainConstructor, utf8FromText, type ApiRequest, type JsonObject, type Outcome, type Writable } from '@interstate/kernel';
import { camelName } from './member-case.ts';
import { inputFromSdk, outputToSdk } from './sdk-values.ts';
import { ServiceError } from './service-error.ts';
import type { ModelledService, ServiceModel } from './service-model.ts';
import { wireAnswer } from './wire-answer.ts';

/** Asks a machine. @param waits the answer may wait for time to pass. @param settle is given the outcome, once; does not throw */
export type AskMachine = (to: string, request: ApiRequest, waits: boolean, settle: (outcome: Outcome) => void) => void;

/** A client: its operations are methods, as the SDK's are. */
export type ModelClient = Readonly<Record<string, (input?: object) => Promise<object>>>;

type ClientClass = new (service: ModelledService, ask: AskMachine) => ModelClient;

/** Made once for each service, however many clouds there are. */
const classes = new WeakMap<ServiceModel, ClientClass>();

/** What a caller may want to know beside the result. */
export interface ModelCallOptions {
  /** Hears of the HTTP answer as the service would have given it. */
  readonly onResponse?: (response: { readonly status: number; readonly headers: Readonly<Record<string, string>> }) => void;
}

const NOBODY: ModelCallOptions = {};

/**
 * A client of a modelled service in the shape of the AWS SDK v3 aggregated client: a method per operation, times as `Date`,
 * bytes as `Uint8Array`, `$metadata` on results, errors with the SDK's `name`, `$fault` and `$metadata`.
 */
export function createModelClient(service: ModelledService, ask: AskMachine): ModelClient {
  const { model } = service;
  let Client = classes.get(model);
  if (!Client) classes.set(model, (Client = clientClass(model)));
  return new Client(service, ask);
}

/** What a client keeps: under a symbol, which is no operation's name. */
const OWN = Symbol('client');

interface Own extends Pick<ModelledService, 'addressOf'> {
  readonly ask: AskMachine;
  requests: number;
}

function clientClass(model: ServiceModel): ClientClass {
  class Client {
    readonly [OWN]: Own;

    constructor({ addressOf }: ModelledService, ask: AskMachine) {
      this[OWN] = { addressOf, ask, requests: 0 };
    }
  }
  for (const action of Object.keys(model.operations)) {
    const waits = model.waits?.has(action) ?? false;
    const method = function (this: Client, given: object = {}, { onResponse }: ModelCallOptions = NOBODY): Promise<object> {
      const own = this[OWN];
      const input = inputFromSdk(given);
      return new Promise((resolve, reject) => {
        own.ask(own.addressOf(action, input), new Request(action, input), waits, (outcome) => {
          const requestId = requestIdOf(++own.requests);
          try {
            onResponse?.(seenResponse(model, action, outcome, requestId));
            if (outcome.ok) resolve(outputToSdk(outcome.value as JsonObject, model, { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 }));
            else reject(toServiceError(model, outcome.error.Error, outcome.error.Cause, requestId));
          } catch (error) {
            reject(error);
          }
        });
      });
    };
    Object.defineProperty(Client.prototype, camelName(action), { value: method, writable: true, configurable: true });
  }
  return Client as unknown as ClientClass;
}

const Request = plainConstructor(function (this: Writable<ApiRequest>, action: string, input: JsonObject) {
  this.action = action;
  this.input = input;
});

/** Status and headers of the answer on the wire; `Date` is empty, for whoever knows the time. */
function seenResponse(model: ServiceModel, action: string, outcome: Outcome, requestId: string): { readonly status: number; readonly headers: Readonly<Record<string, string>> } {
  const { statusCode, headers, body } = wireAnswer(model, action, outcome, requestId);
  return {
    status: statusCode,
    headers: { 'x-amzn-RequestId': requestId, connection: 'keep-alive', 'Content-Length': String(utf8FromText(body).length), Date: '', 'Content-Type': headers['content-type'] ?? '' },
  };
}

/** The error a client throws for a refused call. */
export function toServiceError({ errors }: ServiceModel, code = 'InternalFailure', message = '', requestId?: string): ServiceError {
  const row = Object.hasOwn(errors, code) ? errors[code] : undefined;
  return new ServiceError(code, message, {
    httpStatusCode: row?.status ?? 500,
    ...(requestId !== undefined && { requestId }),
    attempts: 1,
    totalRetryDelay: 0,
    retryable: row?.retryable ?? false,
    ...(row?.queryCode !== undefined && { queryCode: row.queryCode }),
    ...(row?.unmodelled === true && { unmodelled: true }),
  });
}

const FIRST_ID = '00000000-0000-4000-8000-000000000000';

/** Looks like a UUID; numbered, so that the same calls give the same ids. */
export function requestIdOf(number: number): string {
  const digits = String(number);
  return FIRST_ID.slice(0, -digits.length) + digits;
}
