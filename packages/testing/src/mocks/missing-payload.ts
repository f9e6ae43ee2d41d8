import { isJsonObject, type Json, type JsonObject, type TaskRequest } from '@interstate/kernel';
import { bindingName } from '@interstate/runtime';
import { shown } from '../shown.ts';
import { statesIn } from '../states-in.ts';

/** Fields that read a Task's result. */
const READERS = ['ResultSelector', 'OutputPath', 'Output', 'Assign'];

/** What is wrong with a mock's result where the state reads the Payload that `lambda:invoke` gives, and there is none; undefined where nothing is. */
export function missingPayload(target: string, result: Json, { resource, pattern, stateName }: TaskRequest, definition: JsonObject | undefined): string | undefined {
  if (pattern !== 'requestResponse' || bindingName(resource) !== 'lambda:invoke' || (isJsonObject(result) && Object.hasOwn(result, 'Payload'))) return undefined;
  for (const { name, raw } of statesIn(definition)) {
    if (name !== stateName || !/(?:\$|\$states\.result)\.Payload\b/.test(JSON.stringify(READERS.map((field) => raw[field])))) continue;
    return `'${stateName}' reads the Payload of what '${resource}' gives, but the mock of '${target}' returns ${shown(result)}: return { Payload: … }.`;
  }
  return undefined;
}
