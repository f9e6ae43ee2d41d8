import { RecordMap, type Crypto, type Json, type RecordChange } from '@interstate/kernel';
import type { DataKey, Kms } from './kms.ts';
import { isSealed, RecordSeal } from './record-seal.ts';

/** Which records are secret: how their keys begin → members that stay readable, which `load` needs. */
export type SecretRecords = Readonly<Record<string, readonly string[]>>;

/**
 * Records some of which are encrypted wherever they leave memory: in `changes` and `all`. In memory they are plain; what `load` was
 * given is opened when the first step begins.
 */
export class SealedRecordMap extends RecordMap {
  private readonly prefixes: readonly (readonly [prefix: string, open: readonly string[]])[];
  /** Under which data key a record is sealed: that of the time it was written. */
  private readonly keys = new Map<string, DataKey>();
  private seal: RecordSeal | undefined;
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
    if (this.seal?.name !== name || this.seal.crypto !== crypto) this.seal = new RecordSeal(crypto, kms, name);
    const opened = !this.isOpen && this.openAll(this.seal);
    this.isOpen = true;
    this.sealUnder(keyId);
    return opened;
  }

  /** What is written from now on is sealed under this key; undefined: not at all. A key that is not there is one of AWS's own. */
  sealUnder(keyId: string | undefined): void {
    if (!this.seal || keyId === this.current?.keyId) return;
    const dataKey = keyId === undefined ? undefined : this.seal.dataKey(keyId);
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
    return dataKey ? this.seal!.seal(dataKey, key, value, this.openMembers(key)!) : value;
  }

  private openAll(seal: RecordSeal): boolean {
    let some = false;
    for (const [key, value] of this.records) {
      if (!isSealed(value)) continue;
      const opened = seal.open(key, value);
      this.records.set(key, opened.value);
      this.keys.set(key, opened.dataKey);
      some = true;
    }
    return some;
  }
}
