import { isJsonObject } from '@interstate/kernel';

// No spaces: `$items${id: $}` is JSONata.
const PLACEHOLDER = /\$\{[\w.:\-[\]"'/!]+\}/;

/**
 * True for what a deployment tool fills in before Step Functions sees it: `${OrderTable}` anywhere in a string,
 * or a CloudFormation function (`{ "Fn::GetAtt": … }`). Such a value may stand for anything.
 */
export function isSubstituted(value: unknown): boolean {
  if (typeof value === 'string') return PLACEHOLDER.test(value);
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]!.startsWith('Fn::'));
}
