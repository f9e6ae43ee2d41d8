import type { Connector, HttpRequest as MachineRequest, HttpResponse as MachineResponse, Json, Outcome } from '@interstate/kernel';
import type { SignRequest } from './api-gateway-task.ts';
import { exchange, ExchangeError, type ExchangeRules, type HttpRequest } from './exchange.ts';

/** Longest body a machine hears of; the rest is nobody's business here. */
const MAX_BODY_BYTES = 1_048_576;

/** Answers `HTTP_ADDRESS`: exchanges that machines ask for (deliveries, token requests). Redirects are answers like any other. @param sign what is to be signed goes unsigned without it */
export function machineExchange(rulesOf: () => Promise<ExchangeRules>, sign?: SignRequest): Connector {
  return async ({ request, signal }): Promise<Outcome> => {
    const { method, url, headers, body, signed, timeoutMs } = request as unknown as MachineRequest;
    if (!URL.canParse(url)) return failed('ConnectionError', `'${url}' is no URL.`);
    try {
      const rules = { ...(await rulesOf()), timeoutMs, maxRedirects: 0, maxResponseBytes: MAX_BODY_BYTES };
      const plain: HttpRequest = { method, url: new URL(url), headers, ...(body !== undefined && { body }) };
      const signature = signed && sign ? await sign(plain) : {};
      const answer = await exchange({ ...plain, headers: { ...headers, ...signature } }, rules, signal);
      const lowerCase = [...answer.headers].map(([name, values]) => [name.toLowerCase(), values.join(', ')] as const);
      const response: MachineResponse = { status: answer.status, headers: Object.fromEntries(lowerCase), body: new TextDecoder().decode(answer.body) };
      return { ok: true, value: response as unknown as Json };
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      return failed(FAILURES[error.kind], error.message);
    }
  };
}

const FAILURES: Readonly<Record<ExchangeError['kind'], string>> = {
  timeout: 'Timeout',
  refused: 'ForbiddenAddress',
  socket: 'ConnectionError',
  size: 'ConnectionError',
};

function failed(name: string, cause: string): Outcome {
  return { ok: false, error: { Error: name, Cause: cause } };
}
