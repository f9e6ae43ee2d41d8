// JSON: the values everything is made of.
export { isJsonEqual, isJsonObject, normalizeJson, setJsonKey, type Json, type JsonObject } from './json.ts';
export { jsonBytes, jsonBytesBound, jsonStringBytes } from './json-size.ts';

// Machines, and what they say to their host.
export type { Address, Effect, Failure, Machine, Message, Outcome, RecordChange, ReplyTo, Step, StepContext } from './machine.ts';
export { RecordMap } from './record-map.ts';
export { CallEffect, listWith, ReplyEffect } from './effects.ts';
export { TurnoverMap } from './turnover-map.ts';
export { Heap, IndexedHeap, type Heaped } from './heap.ts';
export { plainConstructor, type Writable } from './plain.ts';
export type { Adapter, Connector, ConnectorCall, TaskBinding, TaskCheck, TaskForward } from './connector.ts';
export type { ApiRequest, Caller } from './api-request.ts';
export { executionSuffix, hopsOf, hopsOfExecution, hopsOfMessage, lineageOf, MAX_HOPS, withLineage } from './hops.ts';
export type { DeliveryEntry } from './delivery-entry.ts';
export { HTTP_ADDRESS, type HttpRequest, type HttpResponse } from './http-request.ts';
export type { IntegrationPattern, TaskNews, TaskRequest } from './task.ts';
export type { PlainSchema, ResponseSchema, ResponseSchemas } from './response-schema.ts';

// Names, time, chance, hashes.
export { formatArn, parseArn, type Arn } from './arn.ts';
export { nearName } from './near-name.ts';
export { formatTimestamp, type EpochMs } from './clock.ts';
export { createRandom, nextRandom, nextUint32, nextUuid, seedFrom, type RandomState } from './random.ts';
export type { Crypto, HashAlgorithm } from './crypto.ts';

// Bytes and texts.
export { base64FromBytes, bytesFromBase64, textFromUtf8, utf8FromText } from './bytes.ts';

// What a distributed Map run and an object store say to each other.
export {
  ITEMS_ADDRESS,
  RESULTS_ADDRESS,
  type ItemReader,
  type ItemsPage,
  type ReadItemsRequest,
  type ResultRecord,
  type ResultStatus,
  type ResultsWritten,
  type ResultWriter,
  type ResultWriterDetails,
  type WriteManifestRequest,
  type WriteRecordsRequest,
  type WriteResultsRequest,
  type WriterConfig,
} from './item-source.ts';
