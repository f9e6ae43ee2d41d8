import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { misshapenField, missingField, mistypedField } from '@interstate/service-kit';

export const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** Reads the fields of a Task's effective input and gathers what is wrong with them. */
export interface ParameterReader {
  readonly faults: string[];
  /** A string; a fault where the field has another type, or is required and absent. */
  text(name: string, required?: 'required'): string | undefined;
  oneOf(name: string, values: readonly string[], required?: 'required'): string | undefined;
  object(name: string): JsonObject | undefined;
  json(name: string): Json | undefined;
}

/** Parameters that a Task cannot be started with. */
export interface ParameterFaults {
  readonly faults: readonly string[];
}

export function readParameters(parameters: Json): ParameterReader {
  const given: JsonObject = isJsonObject(parameters) ? parameters : {};
  const faults: string[] = [];
  const valueOf = (name: string, required?: 'required'): Json | undefined => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if ((value === undefined || value === null) && required !== undefined) faults.push(missingField(name));
    return value === null ? undefined : value;
  };
  const text: ParameterReader['text'] = (name, required) => {
    const value = valueOf(name, required);
    if (value === undefined || typeof value === 'string') return value;
    faults.push(mistypedField(name, 'STRING'));
    return undefined;
  };
  return {
    faults,
    text,
    oneOf(name, values, required) {
      const value = text(name, required);
      if (value === undefined || values.includes(value)) return value;
      faults.push(`The value for the field '${name}' must be one of: [${values.join(', ')}]`);
      return undefined;
    },
    object(name) {
      const value = valueOf(name);
      if (value === undefined || isJsonObject(value)) return value;
      faults.push(misshapenField(name));
      return undefined;
    },
    json: (name) => (Object.hasOwn(given, name) ? given[name] : undefined),
  };
}

/**
 * Headers or query parameters as name–value pairs. `lists: 'required'` where AWS wants a list for every name (API Gateway);
 * else a text, number or boolean may stand for a list of one. A fault where the shape is another.
 */
export function pairsOf(reader: ParameterReader, name: string, lists: 'required' | 'optional'): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (const [key, value] of Object.entries(reader.object(name) ?? {})) {
    const items = Array.isArray(value) ? (value as readonly Json[]) : lists === 'optional' ? [value] : undefined;
    if (items === undefined || items.some((item) => typeof item === 'object')) {
      reader.faults.push(misshapenField(name));
      return [];
    }
    for (const item of items) pairs.push([key, String(item)]);
  }
  return pairs;
}
