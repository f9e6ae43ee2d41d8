import { parseArn, type Crypto } from '@interstate/kernel';

/** How a key stands: usable, or why not. `AccessDenied` and `Throttled` are what KMS would answer the service that asks. */
export type KmsKeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'AccessDenied' | 'Throttled' | 'NotFound';

export interface KmsKeyOptions {
  /** `alias/orders`, with or without what stands before it in an ARN. */
  readonly aliases?: readonly string[];
  /** Default `Enabled`. */
  readonly state?: KmsKeyState;
  /** 64 hex digits. Default: derived from the host's seed and the key's ARN. */
  readonly material?: string;
}

export interface KmsOptions {
  /** The keys there are, by id or ARN. Default: every key that is named is there. Keys of AWS (`alias/aws/sqs`) always are. */
  readonly keys?: Readonly<Record<string, KmsKeyOptions>>;
  /** Decides by the id, alias or ARN a service was given, before `keys` do; undefined leaves it to them. */
  readonly stateOf?: (keyId: string) => KmsKeyState | undefined;
}

/** Why a key cannot be used. Services put it into their own codes: `KmsDisabled`, `KMSDisabledException`. */
export interface KmsFault {
  readonly fault: 'NotFound' | 'Disabled' | 'InvalidState' | 'AccessDenied' | 'Throttled';
  /** In KMS's words. */
  readonly message: string;
}

/** What encrypts records: its plain form stays in memory, its wrapped form is kept with them. */
export interface DataKey {
  /** 64 hex digits. */
  readonly plain: string;
  /** Encrypted under its KMS key, whose ARN it names. */
  readonly wrapped: string;
}

/** The keys of an account, as services use them. Machines keep none of it: states are the application's to set. */
export interface Kms {
  /** ARN of the key behind an id, alias or ARN; undefined where there is none. */
  keyArn(keyId: string): string | undefined;
  stateOf(keyId: string): KmsKeyState;
  setKeyState(keyId: string, state: KmsKeyState): void;
  /** Makes a data key. @param name equal names give equal keys; take the resource's ARN and the number of the reuse period */
  createDataKey(crypto: Crypto, keyId: string, name: string): DataKey | KmsFault;
  /** Unwraps a data key that was kept. */
  openDataKey(crypto: Crypto, wrapped: string): DataKey | KmsFault;
  /** The same two whatever state the key is in: for what was taken while it was usable, and is only put away and fetched. Undefined where there is no such key. */
  dataKeyAnyway(crypto: Crypto, keyId: string, name: string): DataKey | undefined;
  openAnyway(crypto: Crypto, wrapped: string): DataKey | undefined;
}

export interface KmsHome {
  readonly region: string;
  readonly account: string;
  /** What key material is derived from where none is given; asked when it is first needed. */
  readonly seed: () => readonly number[];
}

interface Key {
  readonly arn: string;
  state: KmsKeyState;
  readonly material: string | undefined;
}

/** Keys made up as they are asked for; more than these are made anew each time. */
const MADE_UP = 10_000;

export function createKms({ region, account, seed }: KmsHome, { keys, stateOf }: KmsOptions = {}): Kms {
  const prefix = `arn:aws:kms:${region}:${account}:`;
  const byName = new Map<string, Key>();
  const fullName = (name: string): string => (name.startsWith('arn:') ? name : `${prefix}${name.startsWith('alias/') ? '' : 'key/'}${name}`);
  for (const [id, { aliases = [], state = 'Enabled', material }] of Object.entries(keys ?? {})) {
    if (material !== undefined && !/^[\da-f]{64}$/i.test(material)) throw new TypeError(`The material of the KMS key '${id}' must be 64 hex digits.`);
    const key: Key = { arn: fullName(id), state, material };
    for (const name of [id, ...aliases]) byName.set(fullName(name), key);
  }
  const find = (keyId: string): Key | undefined => {
    const name = fullName(keyId);
    const known = byName.get(name);
    if (known ?? (keys && !/^(?:alias|key)\/aws\//.test(parseArn(name)?.resource ?? ''))) return known;
    const key: Key = { arn: name.replace(':alias/', ':key/'), state: 'Enabled', material: undefined };
    if (byName.size < MADE_UP) byName.set(name, key).set(key.arn, key);
    return key;
  };
  const asked = (keyId: string): { readonly key: Key | undefined; readonly state: KmsKeyState } => {
    const key = find(keyId);
    return { key, state: stateOf?.(keyId) ?? key?.state ?? 'NotFound' };
  };
  const materialOf = (crypto: Crypto, { material, arn }: Key): string => material?.toLowerCase() ?? crypto.hmac(seed().join(','), arn);
  const use = (keyId: string): Key | KmsFault => {
    const { key, state } = asked(keyId);
    return state === 'Enabled' && key ? key : faultOf(state, key?.arn ?? fullName(keyId));
  };
  const wrap = (crypto: Crypto, key: Key, name: string): DataKey => {
    const material = materialOf(crypto, key);
    const plain = crypto.hmac(material, `data key|${name}`);
    return { plain, wrapped: `${key.arn}|${sealText(crypto, material, key.arn, plain)}` };
  };
  const unwrap = (crypto: Crypto, key: Key, wrapped: string): DataKey | undefined => {
    const plain = openText(crypto, materialOf(crypto, key), key.arn, wrapped.slice(wrapped.lastIndexOf('|') + 1));
    return plain === undefined ? undefined : { plain, wrapped };
  };
  return {
    keyArn: (keyId) => find(keyId)?.arn,
    stateOf: (keyId) => asked(keyId).state,
    setKeyState(keyId, state) {
      const key = find(keyId);
      if (!key) throw new TypeError(`There is no KMS key '${keyId}'.`);
      key.state = state;
    },
    createDataKey(crypto, keyId, name) {
      const key = use(keyId);
      return 'fault' in key ? key : wrap(crypto, key, name);
    },
    openDataKey(crypto, wrapped) {
      const key = use(keyIdOf(wrapped));
      return 'fault' in key ? key : (unwrap(crypto, key, wrapped) ?? { fault: 'InvalidState', message: 'The data key was not wrapped by this key.' });
    },
    dataKeyAnyway(crypto, keyId, name) {
      const key = find(keyId);
      return key && wrap(crypto, key, name);
    },
    openAnyway(crypto, wrapped) {
      const key = find(keyIdOf(wrapped));
      return key && unwrap(crypto, key, wrapped);
    },
  };
}

/** The ARN of the key that wrapped a data key. */
function keyIdOf(wrapped: string): string {
  return wrapped.slice(0, Math.max(0, wrapped.lastIndexOf('|')));
}

function faultOf(state: KmsKeyState, arn: string): KmsFault {
  switch (state) {
    case 'Disabled':
      return { fault: 'Disabled', message: `${arn} is disabled.` };
    case 'PendingDeletion':
      return { fault: 'InvalidState', message: `${arn} is pending deletion.` };
    case 'AccessDenied':
      return { fault: 'AccessDenied', message: 'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.' };
    case 'Throttled':
      return { fault: 'Throttled', message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.' };
    default:
      return { fault: 'NotFound', message: arn.includes(':alias/') ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist` };
  }
}

const IV_DIGITS = 24;

/** Encrypts the text of a record: equal arguments give equal answers. @param dataKey 64 hex digits. @param recordKey where it is kept: opened anywhere else it is worth nothing */
export function sealText(crypto: Crypto, dataKey: string, recordKey: string, text: string): string {
  const iv = ivOf(crypto, dataKey, recordKey, text);
  return iv + crypto.encrypt(dataKey, iv, text);
}

/** The text again; undefined where it was sealed under another key, for another record, or was changed since. */
export function openText(crypto: Crypto, dataKey: string, recordKey: string, sealed: string): string | undefined {
  const iv = sealed.slice(0, IV_DIGITS);
  if (!/^[\da-f]{24}$/.test(iv)) return undefined;
  const text = crypto.decrypt(dataKey, iv, sealed.slice(IV_DIGITS));
  return text !== undefined && ivOf(crypto, dataKey, recordKey, text) === iv ? text : undefined;
}

/** Made of all that is encrypted, so that it is never the same for two different texts. */
function ivOf(crypto: Crypto, dataKey: string, recordKey: string, text: string): string {
  return crypto.hmac(dataKey, `${recordKey.length}|${recordKey}|${text}`).slice(0, IV_DIGITS);
}
