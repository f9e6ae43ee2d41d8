import { snsFault } from './errors.ts';
import type { MessageAttributes } from './message.ts';

const SPLIT = /^(String|Number|Binary)(?:\..+)?$/;

/** Holds message attributes against their rules. @param position of a batch entry, from 1. @throws ServiceFault */
export function checkMessageAttributes(attributes: MessageAttributes, position?: number): void {
  for (const name of Object.keys(attributes)) {
    const attribute = attributes[name]!;
    const { DataType: type, StringValue: text, BinaryValue: binary } = attribute;
    checkName(name);
    if (type === undefined || type === null) {
      const place = position === undefined ? 'messageAttributes' : `publishBatchRequestEntries.${position}.member.messageAttributes`;
      throw snsFault('ValidationError', { reason: `1 validation error detected: Value null at '${place}.${name}.member.dataType' failed to satisfy constraint: Member must not be null` });
    }
    const kind = SPLIT.exec(type)?.[1];
    if (kind === undefined || type.length > 256) {
      throw refused(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
    }
    const empty = (): ReturnType<typeof refused> => refused(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`);
    if (text === undefined && binary === undefined) throw empty();
    const field = kind === 'Binary' ? 'Binary' : 'String';
    const value = field === 'Binary' ? binary : text;
    if (value === undefined) throw refused(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
    if (value === '') throw empty();
    if (kind === 'Number' && !isNumber(value)) throw refused(`Could not cast message attribute '${name}' value to number.`);
  }
}

function isNumber(text: string): boolean {
  return text.length <= 256 && text.trim() !== '' && Number.isFinite(Number(text));
}

function checkName(name: string): void {
  if (name.length > 256) throw refused('Length of message attribute name must be less than 256 bytes.');
  if (/^[\w-]+$/.test(name)) return;
  if (name.startsWith('.')) throw refused("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw refused("Invalid message attribute name ending with character '.' was found.");
  let before = '';
  for (const char of name) {
    if (!/[\w.-]/.test(char)) {
      throw refused(`Invalid non-alphanumeric character '#x${char.codePointAt(0)!.toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`);
    }
    if (char === '.' && before === '.') throw refused("Message attribute name can not have successive '.' character.");
    before = char;
  }
  if (name === '') throw refused('Length of message attribute name must be at least 1 byte.');
}

function refused(reason: string): ReturnType<typeof snsFault> {
  return snsFault('InvalidParameterValueException', { reason });
}
