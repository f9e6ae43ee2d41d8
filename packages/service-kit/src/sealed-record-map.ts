import { isJsonObject, RecordMap, type Crypto, type Json, type JsonObject, type RecordChange } from '@interstate/kernel';
import { openText, sealText, type DataKey, type Kms } from './kms.ts';

/** Which records are secret: how their keys begin → members that stay readable, which `load` needs. */
export type SecretRecords = Readonly<Record<string, readonly string[]>>;

/** A secret record as it leaves memory. */
interface SealedRecord {
  /** Cipher text, and the data key it is under, wrapped. */
  readonly $sealed: string;
  readonly $key: string;
}

/**
 * Records some of which are encrypted wherever they leave memory: in `changes` and `all`. In memory they are plain; what `load` was
 * given is opened when the first step begins.
 */
export class SealedRecordMap extends RecordMap {
  private readonly prefixes: readonly (readonly [prefix: string, open: readonly string[]])[];
  /** Under which data key a record is sealed: that of the time it was written. */
  private readonly keys = new Map<string, DataKey>();
  private sealing: { readonly crypto: Crypto; readonly kms: Kms; readonly name: string } | undefined;
  private current: { readonly keyId: string; readonly dataKey: DataKey } | undefined;
  private isOpen = false;

  constructor(saved: Iterable<readonly [string, Json]>, secrets: SecretRecords) {
    super(saved);
    this.prefixes = Object.entries(secrets);
  }

  /**
   * Begins a step. @param kms undefined: nothing is sealed. @param name of the resource, which has data keys of its own. @param keyId what is written from now on is sealed under; undefined: not at all
   * @returns true where records were opened
   * @throws TypeError where a record cannot be opened, for its key is not there
   */
  beginSealed(crypto: Crypto, kms: Kms | undefined, name: string, keyId: string | undefined): boolean {
    this.begin();
    if (!kms) return false;
    if (this.sealing?.name !== name || this.sealing.crypto !== crypto) this.sealing = { crypto, kms, name };
    const opened = !this.isOpen && this.openAll();
    this.isOpen = true;
    this.sealUnder(keyId);
    return opened;
  }

  /** What is written from now on is sealed under this key; undefined: not at all. A key that is not there is one of AWS's own. */
  sealUnder(keyId: string | undefined): void {
    if (!this.sealing || keyId === this.current?.keyId) return;
    const { crypto, kms, name } = this.sealing;
    const dataKey = keyId === undefined ? undefined : (kms.dataKeyAnyway(crypto, keyId, name) ?? kms.dataKeyAnyway(crypto, 'alias/aws/events', name));
    this.current = keyId === undefined || !dataKey ? undefined : { keyId, dataKey };
  }

  override set(key: string, value: Json): void {
    super.set(key, value);
    if (this.current && this.openMembers(key)) this.keys.set(key, this.current.dataKey);
    else if (this.keys.size > 0) this.keys.delete(key);
  }

  override delete(key: string): void {
    super.delete(key);
    if (this.keys.size > 0) this.keys.delete(key);
  }

  override changes(): RecordChange[] {
    const changes = super.changes();
    return this.keys.size === 0 ? changes : changes.map(([key, value]) => [key, value === undefined ? value : this.sealed(key, value)]);
  }

  override all(): ReadonlyMap<string, Json> {
    return this.keys.size === 0 ? this.records : new Map([...this.records].map(([key, value]) => [key, this.sealed(key, value)]));
  }

  private openMembers(key: string): readonly string[] | undefined {
    return this.prefixes.find(([prefix]) => key.startsWith(prefix))?.[1];
  }

  private sealed(key: string, value: Json): Json {
    const dataKey = this.keys.get(key);
    if (!dataKey) return value;
    const { crypto } = this.sealing!;
    const open = Object.fromEntries(this.openMembers(key)!.flatMap((member) => (isJsonObject(value) && value[member] !== undefined ? [[member, value[member]]] : [])));
    return { ...open, $sealed: sealText(crypto, dataKey.plain, key, JSON.stringify(value)), $key: dataKey.wrapped };
  }

  private openAll(): boolean {
    const { crypto, kms, name } = this.sealing!;
    const opened = new Map<string, DataKey>();
    for (const [key, value] of this.records) {
      if (!isSealed(value)) continue;
      let dataKey = opened.get(value.$key);
      if (!dataKey) {
        dataKey = kms.openAnyway(crypto, value.$key);
        if (!dataKey) throw new TypeError(`A record of ${name} is sealed under the KMS key ${value.$key.slice(0, value.$key.lastIndexOf('|'))}, which is not there: name it among the keys of kms.`);
        opened.set(value.$key, dataKey);
      }
      const text = openText(crypto, dataKey.plain, key, value.$sealed);
      if (text === undefined) throw new TypeError(`The record '${key}' of ${name} was changed since it was sealed, or is another's.`);
      this.records.set(key, JSON.parse(text) as Json);
      this.keys.set(key, dataKey);
    }
    return opened.size > 0;
  }
}

function isSealed(value: Json): value is JsonObject & SealedRecord {
  return isJsonObject(value) && typeof value['$sealed'] === 'string' && typeof value['$key'] === 'string';
}
