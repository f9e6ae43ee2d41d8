import { compilePattern, readEventText } from '@interstate/event-patterns';
import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { readPattern } from '../../bus/rule-patterns.ts';
import type { DirectoryContext } from '../directory-context.ts';

const NEEDED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

export function testEventPattern({ options }: DirectoryContext, input: JsonObject): Json {
  const { EventPattern: pattern, Event: text } = input as { EventPattern: string; Event: string };
  const compiled = readPattern(pattern, options.limits);
  const event = parsed(text);
  if (!isJsonObject(event)) throw notValid('Event must be a JSON object.');
  const missing = NEEDED.find((name) => typeof event[name] !== 'string');
  if (missing !== undefined) throw notValid(`'${missing}' is a required field.`);
  return { Result: compilePattern(compiled)(readEventText(text)) };
}

function notValid(reason: string): ServiceFault {
  return new ServiceFault('InvalidEventPatternException', { reason: `Event is not valid. Reason: ${reason}` });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
