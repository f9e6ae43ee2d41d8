import type { Json } from '@interstate/kernel';
import { asString } from './argument.ts';
import { fail, type FixedIntrinsic } from './intrinsic.ts';

/** `States.StringToJson(text)`: the value of a JSON text; null for a blank one. */
export const stringToJson: FixedIntrinsic = {
  name: 'States.StringToJson',
  parameters: ['json string'],
  evaluate(value) {
    const text = asString(value, 'json string');
    if (text.trim() === '') return null;
    const parsed = parse(text);
    return parsed === 0 ? 0 : parsed;
  },
};

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return fail("The argument 'json string' is no valid JSON");
  }
}
