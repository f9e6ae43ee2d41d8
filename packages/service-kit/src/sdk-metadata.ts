import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';

/** The HTTP answer behind a result. */
export interface SdkResponse {
  readonly status: number;
  readonly requestId: string;
  /** In the order they arrived. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `SdkHttpMetadata` and `SdkResponseMetadata`, which most optimized integrations add to a result. */
export function sdkMetadata({ status, requestId, headers }: SdkResponse): JsonObject {
  const all: Record<string, Json> = {};
  const flat: Record<string, Json> = {};
  const names = Object.keys(headers);
  for (const name of names) setJsonKey(all, name, [headers[name]!]);
  // AWS lists the flat headers alphabetically, whatever their case.
  for (const name of names.sort((a, b) => compare(a.toLowerCase(), b.toLowerCase()))) setJsonKey(flat, name, headers[name]!);
  return {
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: flat, HttpStatusCode: status },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The same object with its keys in alphabetical order, as Step Functions prints optimized results. */
export function sortedKeys(object: JsonObject): JsonObject {
  const sorted: Record<string, Json> = {};
  for (const key of Object.keys(object).sort(compare)) setJsonKey(sorted, key, object[key]!);
  return sorted;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
