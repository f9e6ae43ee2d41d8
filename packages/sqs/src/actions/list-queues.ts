import type { Json, JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken } from '@interstate/service-kit';
import { checkRange } from '../checks.ts';
import { lowerBound, type DirectoryState } from '../directory-state.ts';
import { invalid } from '../faults.ts';
import { queueUrl } from '../names.ts';

export function listQueues(state: DirectoryState, input: JsonObject): Json {
  const prefix = (input['QueueNamePrefix'] as string | undefined) ?? '';
  const { urls, token } = listPage(state, `ListQueues ${prefix}`, state.names, prefix, input);
  // Without queues there is no list.
  return { ...(urls.length > 0 && { QueueUrls: urls }), ...token };
}

export function listDeadLetterSourceQueues(state: DirectoryState, input: JsonObject): Json {
  const { arn } = state.named(input);
  const { urls, token } = listPage(state, `ListDeadLetterSourceQueues ${arn}`, state.sourcesOf(arn), '', input);
  return { queueUrls: urls, ...token };
}

/** A page of queues whose names begin so. A token is given only to who asks for pages. */
function listPage({ options }: DirectoryState, scope: string, names: readonly string[], prefix: string, { MaxResults: count, NextToken: given }: JsonObject): { readonly urls: readonly string[]; readonly token: { readonly NextToken?: string } } {
  const { pageResults } = options.limits;
  if (count !== undefined) checkRange('MaxResults', count as number, 1, pageResults);
  const after = given === undefined ? undefined : decodePageToken(scope, given as string);
  if (given !== undefined && typeof after !== 'string') throw invalid('Invalid or expired next token.');
  const limit = (count as number | undefined) ?? pageResults;
  const urls: string[] = [];
  let last = '';
  let index = lowerBound(names, typeof after === 'string' && after >= prefix ? `${after}\0` : prefix);
  for (; index < names.length && urls.length < limit && names[index]!.startsWith(prefix); index++) urls.push(queueUrl(options, (last = names[index]!)));
  const isMore = count !== undefined && index < names.length && names[index]!.startsWith(prefix);
  return { urls, token: isMore ? { NextToken: encodePageToken(scope, last) } : {} };
}
