import type { Json } from '@interstate/kernel';

/** CloudFormation's YAML short tags (intrinsic function reference), and the key each stands for. */
const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'ForEach', 'GetAtt', 'GetAZs', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length',
    'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
  ].map((name) => [`!${name}`, `Fn::${name}`] as const),
]);

export const SHORT_TAGS: readonly string[] = [...LONG_FORMS.keys()];

/** The long form of a tagged value: `!GetAtt A.Arn` is `{ "Fn::GetAtt": ["A", "Arn"] }`; `undefined` for a tag that is none. */
export function longForm(tag: string, value: Json): Json | undefined {
  const key = LONG_FORMS.get(tag);
  if (key === undefined) return undefined;
  if (tag !== '!GetAtt' || typeof value !== 'string') return { [key]: value };
  return { [key]: splitAttribute(value) };
}

/** `Resource.Attribute` in its two parts; attributes may hold dots (`Outputs.Name`). */
export function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}
