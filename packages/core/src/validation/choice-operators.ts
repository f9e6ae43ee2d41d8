import type { ChoiceOperator } from '../definition/choice-rule.ts';

const COMPARISONS = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'] as const;
const ORDERED = ['String', 'Numeric', 'Timestamp'] as const;

/** The 39 operators of a JSONPath Choice rule. */
export const CHOICE_OPERATORS: readonly ChoiceOperator[] = [
  ...ORDERED.flatMap((kind) => COMPARISONS.flatMap((comparison) => [`${kind}${comparison}`, `${kind}${comparison}Path`] as const)),
  'BooleanEquals',
  'BooleanEqualsPath',
  'StringMatches',
  'IsNull',
  'IsPresent',
  'IsNumeric',
  'IsString',
  'IsBoolean',
  'IsTimestamp',
];

export const IS_CHOICE_OPERATOR: ReadonlySet<string> = new Set(CHOICE_OPERATORS);
