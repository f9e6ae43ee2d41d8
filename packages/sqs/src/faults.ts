import type { Json, Outcome } from '@interstate/kernel';
import { ServiceFault, type RequestFault } from '@interstate/service-kit';
import { SQS_ERRORS, type SqsErrorCode } from './errors.ts';

type Values = Readonly<Record<string, string | number>>;

/** A refused request, with the values its message takes. */
export function fault(code: SqsErrorCode, values?: Values): ServiceFault {
  return new ServiceFault(code, values);
}

export function invalidValue(parameter: string, value: unknown, reason: string): ServiceFault {
  return invalid(`Value ${shown(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function invalid(reason: string): ServiceFault {
  return fault('InvalidParameterValueException', { reason });
}

export function missing(name: string): ServiceFault {
  return fault('MissingRequiredParameterException', { name });
}

/** How SQS words a request of the wrong shape: whatever is no type fault is a member that is missing. */
export function refuse({ code, message }: RequestFault): ServiceFault {
  if (code === 'SerializationException') return fault(code, { reason: message });
  return missing(/ at '([^']*)'/.exec(message)?.[1]?.replace('.member', '') ?? '');
}

/** What a batch says of an entry that failed. */
export function failedEntry(id: string, { code, values }: ServiceFault): { readonly Id: string; readonly SenderFault: boolean; readonly Code: string; readonly Message: string } {
  const row: { readonly status: number; readonly queryCode?: string } = SQS_ERRORS[code as SqsErrorCode];
  return { Id: id, SenderFault: row.status < 500, Code: row.queryCode ?? code, Message: new ServiceFault(code, values).toFailure(SQS_ERRORS).Cause ?? '' };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

/** What work gives, or the fault it throws, as an outcome; undefined where it gives nothing. */
export function orFailure(work: () => Json | undefined): Outcome | undefined {
  try {
    const value = work();
    return value === undefined ? undefined : { ok: true, value };
  } catch (error) {
    if (error instanceof ServiceFault) return { ok: false, error: error.toFailure(SQS_ERRORS) };
    throw error;
  }
}
