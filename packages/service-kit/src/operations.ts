import { isJsonObject, nearName, type ApiRequest, type Json, type JsonObject, type Outcome } from '@interstate/kernel';
import { quickCheck, type QuickCheck } from './quick-check.ts';
import { validateRequest, type RequestFault, type StructureShape } from './request-validation.ts';
import type { ErrorTable } from './service-error.ts';
import { ServiceFault } from './service-fault.ts';

/**
 * An action of a service: checked input to output. Undefined: the answer comes later, as an effect.
 * @throws ServiceFault
 */
export type Operation<Context> = (context: Context, input: JsonObject, request: ApiRequest) => Json | undefined;

export interface OperationsOptions<Context> {
  readonly shapes: Readonly<Record<string, StructureShape>>;
  /** The actions this machine answers; the service may have others that other machines answer. */
  readonly actions: Readonly<Record<string, Operation<Context>>>;
  readonly errors: ErrorTable;
  /** How the service words a request of the wrong shape. Default: code and message of {@link RequestFault}. */
  readonly refuse?: (fault: RequestFault, action: string, input: JsonObject) => ServiceFault;
}

/** Answers one request. Undefined: the answer comes later. */
export type AnswerRequest<Context> = (context: Context, request: ApiRequest) => Outcome | undefined;

interface Entry<Context> {
  readonly answer: Operation<Context>;
  readonly shape: StructureShape;
  readonly looksRight: QuickCheck;
}

/** The door of a service's machine: finds the action, holds the input against its shape, turns faults into failures. */
export function createOperations<Context>({ shapes, actions, errors, refuse = plainRefusal }: OperationsOptions<Context>): AnswerRequest<Context> {
  const entries = new Map<string, Entry<Context>>();
  for (const [name, answer] of Object.entries(actions)) {
    const shape = shapes[name];
    if (!shape) throw new Error(`No input shape for '${name}'.`);
    entries.set(name, { answer, shape, looksRight: quickCheck(shape) });
  }
  const call = (context: Context, request: ApiRequest): Json | undefined => {
    const { action, input } = request;
    const entry = entries.get(action);
    if (!entry) throw new ServiceFault('UnknownOperationException', { reason: unknownOperation(typeof action === 'string' ? action : '', entries.keys()) });
    if (isJsonObject(input) && entry.looksRight(input)) return entry.answer(context, input, request);
    const fault = validateRequest(entry.shape, input);
    if (fault) throw refuse(fault, action, isJsonObject(input) ? input : {});
    return entry.answer(context, withoutNulls(input), request);
  };
  return (context, request) => {
    try {
      const value = call(context, request);
      return value === undefined ? undefined : { ok: true, value };
    } catch (error) {
      if (error instanceof ServiceFault) return { ok: false, error: error.toFailure(errors) };
      throw error;
    }
  };
}

function plainRefusal({ code, message }: RequestFault): ServiceFault {
  return new ServiceFault(code, { reason: message });
}

function unknownOperation(name: string, known: Iterable<string>): string {
  const near = nearName(name, known);
  return `The operation '${name.slice(0, 100)}' is not offered here.${near === undefined ? '' : ` Did you mean '${near}'?`}`;
}

/** A member that is null counts as absent. */
function withoutNulls(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
