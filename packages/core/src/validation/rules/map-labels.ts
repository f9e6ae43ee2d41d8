import { at } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';

const MAX_CHARACTERS = 40;
const HINT =
  `A label has 1 to ${MAX_CHARACTERS} characters, without spaces, control characters ` + 'and ? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` "';
const FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"\u0000-\u001f\u007f-\u009f]/;

/** Labels of distributed Maps: 1…40 characters fit for an ARN, unique in the machine. */
export const mapLabels: Rule = (machine, report) => {
  const seen = new Set<string>();
  for (const { raw, place, type, refused } of machine.states) {
    const label = raw['Label'];
    if (type !== 'Map' || refused || typeof label !== 'string' || isSubstituted(label)) continue;
    const where = at(place, 'Label');
    if (label === '' || label.length > MAX_CHARACTERS || FORBIDDEN.test(label)) {
      report('INVALID_LABEL_NAME', `Invalid Label name: '${label}'`, where, HINT);
    }
    if (seen.has(label)) report('DUPLICATE_LABEL_NAME', `Duplicate Label name: ${label}`, where);
    seen.add(label);
  }
};
