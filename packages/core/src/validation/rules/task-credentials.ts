import { isJsonObject } from '@interstate/kernel';
import { readTaskResource } from '../integrations.ts';
import { at } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `Credentials` names a role, and is not for activities. */
export const taskCredentials: Rule = (machine, report) => {
  for (const { raw, place, type, refused } of machine.states) {
    const credentials = raw['Credentials'];
    if (type !== 'Task' || refused || credentials === undefined) continue;
    const where = at(place, 'Credentials');
    if (isJsonObject(credentials) && !Object.hasOwn(credentials, 'RoleArn') && !Object.hasOwn(credentials, 'RoleArn.$')) {
      report('SCHEMA_VALIDATION_FAILED', "The field 'RoleArn' is required but was missing", where);
    }
    const resource = typeof raw['Resource'] === 'string' ? readTaskResource(raw['Resource']) : 'unknown';
    if (typeof resource === 'object' && resource.kind === 'activity') {
      report('SCHEMA_VALIDATION_FAILED', "The field 'Credentials' is not supported for activities", where);
    }
  }
};
