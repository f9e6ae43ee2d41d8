import { isJsonObject, type Crypto, type Json, type JsonObject } from '@interstate/kernel';
import { openText, sealText, type DataKey, type Kms } from './kms.ts';

/** A secret record as it leaves memory. */
export interface SealedRecord extends JsonObject {
  /** Cipher text, and the data key it is under, wrapped. */
  readonly $sealed: string;
  readonly $key: string;
}

export function isSealed(value: Json): value is SealedRecord {
  return isJsonObject(value) && typeof value['$sealed'] === 'string' && typeof value['$key'] === 'string';
}

/** What a sealed record held, and the data key it was under. */
export interface OpenedRecord {
  readonly value: Json;
  readonly dataKey: DataKey;
}

/** Seals records of one resource, which has data keys of its own, and opens them again, whatever state their KMS key is in by then. */
export class RecordSeal {
  private readonly dataKeys = new Map<string, DataKey | undefined>();
  private readonly opened = new Map<string, DataKey>();

  /** @param name of the resource: its ARN */
  constructor(
    readonly crypto: Crypto,
    private readonly kms: Kms,
    readonly name: string,
  ) {}

  /** The data key under a KMS key. One that is not there is taken to be one of AWS's own. */
  dataKey(keyId: string): DataKey | undefined {
    const { dataKeys, crypto, kms, name } = this;
    if (!dataKeys.has(keyId)) dataKeys.set(keyId, kms.dataKeyAnyway(crypto, keyId, name) ?? kms.dataKeyAnyway(crypto, 'alias/aws/events', name));
    return dataKeys.get(keyId);
  }

  /** @param key of the record. @param open members that stay readable */
  seal({ plain, wrapped }: DataKey, key: string, value: Json, open: readonly string[]): Json {
    const readable = Object.fromEntries(open.flatMap((member) => (isJsonObject(value) && value[member] !== undefined ? [[member, value[member]]] : [])));
    return { ...readable, $sealed: sealText(this.crypto, plain, key, JSON.stringify(value)), $key: wrapped };
  }

  /** @throws TypeError where the KMS key is not there, or the record was changed */
  open(key: string, { $sealed, $key }: SealedRecord): OpenedRecord {
    const { opened, crypto, kms, name } = this;
    const dataKey = opened.get($key) ?? kms.openAnyway(crypto, $key);
    if (!dataKey) throw new TypeError(`A record of ${name} is sealed under the KMS key ${$key.slice(0, $key.lastIndexOf('|'))}, which is not there: name it among the keys of kms.`);
    opened.set($key, dataKey);
    const text = openText(crypto, dataKey.plain, key, $sealed);
    if (text === undefined) throw new TypeError(`The record '${key}' of ${name} was changed since it was sealed, or is another's.`);
    return { value: JSON.parse(text) as Json, dataKey };
  }
}
