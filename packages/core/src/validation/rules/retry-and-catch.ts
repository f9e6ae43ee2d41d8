import { objectsOf } from '../machine-view.ts';
import { at } from '../place.ts';
import type { Rule } from '../rule.ts';

/** `States.ALL` stands alone in its list, and in the last Retrier or Catcher. */
export const retryAndCatch: Rule = (machine, report) => {
  for (const { raw, place, refused } of machine.states) {
    if (refused) continue;
    for (const field of ['Retry', 'Catch']) {
      const handlers = objectsOf(raw[field], at(place, field));
      handlers.forEach(([handler, where], index) => {
        const errors = handler['ErrorEquals'];
        if (!Array.isArray(errors) || !errors.includes('States.ALL')) return;
        if (errors.length > 1 || index < handlers.length - 1) {
          report('SCHEMA_VALIDATION_FAILED', 'States.ALL must appear alone and at end of list', at(where, 'ErrorEquals'));
        }
      });
    }
  }
};
