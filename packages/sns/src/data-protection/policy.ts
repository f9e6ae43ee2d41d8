import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { invalid } from '../errors.ts';
import { MANAGED_IDENTIFIERS, type Detector } from './identifiers.ts';
import { compileLinearRegex } from './linear-regex.ts';

/** What is done where data is found. */
export type ProtectionOperation =
  | { readonly type: 'audit'; readonly samplePercent: number; readonly logGroup?: string; readonly deliveryStream?: string }
  | { readonly type: 'mask'; readonly character: string }
  | { readonly type: 'redact' }
  | { readonly type: 'deny' };

export interface ProtectionStatement {
  readonly direction: 'Inbound' | 'Outbound';
  readonly detectors: readonly { readonly name: string; readonly detect: Detector }[];
  readonly operation: ProtectionOperation;
}

const PREFIX = 'arn:aws:dataprotection::aws:data-identifier/';

/**
 * Reads a data-protection policy. @throws ServiceFault naming what is wrong with it
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-policies.html
 */
export function parseProtection(text: string): readonly ProtectionStatement[] {
  if (text.length > 30_720) throw refused('must have at most 30720 characters');
  const document = parse(text);
  if (!isJsonObject(document)) throw refused('failed to parse JSON.');
  if (typeof document['Name'] !== 'string' || document['Name'] === '') throw refused('Name is required');
  if (document['Version'] !== '2021-06-01') throw refused('Version must be 2021-06-01');
  const statements = document['Statement'];
  if (!Array.isArray(statements) || statements.length === 0) throw refused('Statement must be a list of statements');
  const custom = readCustom(document['Configuration'] ?? {});
  return (statements as readonly Json[]).map((statement) => readStatement(statement, custom));
}

function readCustom(configuration: Json): ReadonlyMap<string, Detector> {
  const given = isJsonObject(configuration) ? (configuration['CustomDataIdentifier'] ?? []) : undefined;
  if (!Array.isArray(given) || given.length > 10) throw refused('CustomDataIdentifier must be a list of at most 10 identifiers');
  const custom = new Map<string, Detector>();
  for (const each of given as readonly Json[]) {
    const { Name: name = null, Regex: regex = null } = isJsonObject(each) ? each : {};
    if (typeof name !== 'string' || !/^[\w-]{1,128}$/.test(name) || typeof regex !== 'string') throw refused('a CustomDataIdentifier must have a Name and a Regex');
    const detect = compileLinearRegex(regex);
    if (typeof detect === 'string') throw refused(`Regex of ${name}: ${detect}`);
    custom.set(name, detect);
  }
  return custom;
}

function readStatement(given: Json, custom: ReadonlyMap<string, Detector>): ProtectionStatement {
  if (!isJsonObject(given)) throw refused('a Statement must be an object');
  const { DataDirection: direction, DataIdentifier: identifiers, Operation: operation } = given;
  if (direction !== 'Inbound' && direction !== 'Outbound') throw refused('DataDirection must be Inbound or Outbound');
  if (!Array.isArray(identifiers) || identifiers.length === 0) throw refused('DataIdentifier must be a list of identifiers');
  const detectors = (identifiers as readonly Json[]).map((identifier) => {
    if (typeof identifier !== 'string') throw refused('DataIdentifier must be a list of identifiers');
    const name = identifier.startsWith(PREFIX) ? identifier.slice(PREFIX.length) : identifier;
    const detect = (identifier === name ? custom : MANAGED_IDENTIFIERS).get(name);
    if (!detect) throw refused(`the data identifier ${identifier.slice(0, 200)} is not known. Known: ${[...MANAGED_IDENTIFIERS.keys(), ...custom.keys()].join(', ')}`);
    return { name, detect };
  });
  return { direction, detectors, operation: readOperation(isJsonObject(operation) ? operation : {}, direction) };
}

function readOperation(given: JsonObject, direction: string): ProtectionOperation {
  const [name = '', ...more] = Object.keys(given);
  const settings = given[name];
  if (more.length > 0 || !isJsonObject(settings)) throw refused('Operation must be one of Audit, Deidentify and Deny');
  switch (name) {
    case 'Deny':
      return { type: 'deny' };
    case 'Deidentify': {
      const { MaskConfig: mask, RedactConfig: redact } = settings;
      if (isJsonObject(redact) && mask === undefined) return { type: 'redact' };
      const { MaskWithCharacter: character = '#' } = isJsonObject(mask) ? mask : {};
      if (!isJsonObject(mask) || redact !== undefined || typeof character !== 'string' || !/^[ -~]$/.test(character)) throw refused('Deidentify must be a MaskConfig with MaskWithCharacter or a RedactConfig');
      return { type: 'mask', character };
    }
    case 'Audit': {
      if (direction !== 'Inbound') throw refused('Audit is for the data direction Inbound');
      const { SampleRate: rate = '100', FindingsDestination: destination = {} } = settings;
      if (!/^(?:\d{1,2}|100)$/.test(String(rate))) throw refused('SampleRate must be between 0 and 100');
      const part = (service: string, member: string): string | undefined => {
        const found = isJsonObject(destination) ? destination[service] : undefined;
        return isJsonObject(found) && typeof found[member] === 'string' ? found[member] : undefined;
      };
      const logGroup = part('CloudWatchLogs', 'LogGroup');
      const deliveryStream = part('Firehose', 'DeliveryStream');
      return { type: 'audit', samplePercent: Number(rate), ...(logGroup !== undefined && { logGroup }), ...(deliveryStream !== undefined && { deliveryStream }) };
    }
    default:
      throw refused('Operation must be one of Audit, Deidentify and Deny');
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function refused(reason: string): ReturnType<typeof invalid> {
  return invalid(`DataProtectionPolicy Reason: ${reason}`);
}
