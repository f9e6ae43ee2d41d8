import { invalidValue } from './faults.ts';

/** Letters, digits and punctuation of ASCII. */
const ID = /^[!-~]+$/;

/** @throws ServiceFault where a number is out of its range, worded as SQS words that parameter */
export function checkRange(parameter: string, value: number, min: number, max: number, reason = `Must be >= ${min} and <= ${max}, if provided.`): void {
  if (value < min || value > max) throw invalidValue(parameter, value, reason);
}

/** @throws ServiceFault where the text cannot be a group's or deduplication's id */
export function checkId(parameter: string, id: string, characters: number): void {
  if (id.length > characters || !ID.test(id)) {
    throw invalidValue(parameter, id, `${parameter} can only include alphanumeric and punctuation characters. 1 to ${characters} in length.`);
  }
}
