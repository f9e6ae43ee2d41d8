import type { JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken, ServiceFault } from '@interstate/service-kit';

const PAGE = 100;

/** How many results are asked for, and the name behind which they begin. @throws ServiceFault ValidationException */
export function readPage(scope: string, { MaxResults: count = PAGE, NextToken: token }: JsonObject): { readonly count: number; readonly position?: string } {
  if (typeof token !== 'string') return { count: count as number };
  const position = decodePageToken(scope, token);
  if (typeof position !== 'string') throw new ServiceFault('ValidationException', { reason: 'Invalid NextToken.' });
  return { count: count as number, position };
}

export function nextToken(scope: string, last: string): string {
  return encodePageToken(scope, last);
}
