import { isJsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { didYouMean, meantFor } from '../did-you-mean.ts';
import { readTaskResource, taskResourceNames, type TaskResource } from '../integrations.ts';
import type { StateView } from '../machine-view.ts';
import { at } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';

const NOT_RECOGNIZED = 'The value is not a valid resource ARN, or the resource is not available in this region.';

/** A Task's `Resource` is one that there is and that the type of machine bears; what it cannot do without is there. */
export const taskResources: Rule = (machine, report) => {
  for (const state of machine.states) {
    const arn = state.raw['Resource'];
    if (state.type !== 'Task' || state.refused || typeof arn !== 'string' || isSubstituted(arn)) continue;
    const place = at(state.place, 'Resource');
    const resource = readTaskResource(arn);
    if (resource === 'malformed') {
      report('SCHEMA_VALIDATION_FAILED', 'Value is not a valid resource ARN', place);
    } else if (resource === 'unknown') {
      report('SCHEMA_VALIDATION_FAILED', `The resource provided ${arn} is not recognized. ${NOT_RECOGNIZED}`, place, () => didYouMean(arn.split(':').slice(5).join(':'), taskResourceNames()));
    } else {
      if (machine.type === 'EXPRESS') checkExpress(resource, state, report);
      if (resource.kind === 'optimized') checkMembers(resource.requiredMembers, arn, state, report);
    }
  }
};

function checkExpress(resource: TaskResource, state: StateView, report: Report): void {
  const place = at(state.place, 'Resource');
  if (resource.kind === 'activity') {
    report('SCHEMA_VALIDATION_FAILED', 'Express state machine does not support Activity ARN', place);
  } else if (resource.kind !== 'lambda' && resource.pattern === '.waitForTaskToken') {
    // Step Functions writes the space at the end.
    report('SCHEMA_VALIDATION_FAILED', "Express state machine does not support '.waitForTaskToken' service integration ", place);
  } else if (resource.kind !== 'lambda' && resource.pattern !== '') {
    report('SCHEMA_VALIDATION_FAILED', "Express state machine does not support '.sync' service integration", place);
  }
}

function checkMembers(required: readonly string[], arn: string, { raw, place, language }: StateView, report: Report): void {
  const field = language === 'JSONPath' ? 'Parameters' : 'Arguments';
  const members = raw[field];
  if (members === undefined) {
    report('SCHEMA_VALIDATION_FAILED', `${field} field is required for resource ARN: ${arn}`, place);
  } else if (isJsonObject(members) && !isSubstituted(members)) {
    for (const member of required) {
      if (Object.hasOwn(members, member) || Object.hasOwn(members, `${member}.$`)) continue;
      const hint = (): string | undefined => meantFor([member], Object.keys(members));
      report('SCHEMA_VALIDATION_FAILED', `The field '${member}' is required but was missing`, at(place, field), hint);
    }
  }
}
