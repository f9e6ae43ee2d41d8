import type { Rule } from '../rule.ts';

/** A JSONata machine has no JSONPath states; the other way round each state may choose. */
export const queryLanguage: Rule = (machine, report) => {
  for (const { refused, place } of machine.states) {
    if (refused) report('SCHEMA_VALIDATION_FAILED', "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", place);
  }
};
