import type { Json } from '@interstate/kernel';
import type { JsonataExpression, Path, ReferencePath } from './query-language.ts';
import type { AssignField } from './state-fields.ts';

/** The 39 comparisons of a JSONPath Choice rule, each with what it compares `Variable` to. A value of another type never matches. */
export interface ChoiceOperators {
  /** Same text. */
  readonly StringEquals: string;
  readonly StringEqualsPath: ReferencePath;
  /** Order is that of UTF-16 code units. */
  readonly StringLessThan: string;
  readonly StringLessThanPath: ReferencePath;
  readonly StringGreaterThan: string;
  readonly StringGreaterThanPath: ReferencePath;
  readonly StringLessThanEquals: string;
  readonly StringLessThanEqualsPath: ReferencePath;
  readonly StringGreaterThanEquals: string;
  readonly StringGreaterThanEqualsPath: ReferencePath;
  /** A pattern: `*` is any text, `\\*` a star, `\\\\` a backslash. */
  readonly StringMatches: string;
  readonly NumericEquals: number;
  readonly NumericEqualsPath: ReferencePath;
  readonly NumericLessThan: number;
  readonly NumericLessThanPath: ReferencePath;
  readonly NumericGreaterThan: number;
  readonly NumericGreaterThanPath: ReferencePath;
  readonly NumericLessThanEquals: number;
  readonly NumericLessThanEqualsPath: ReferencePath;
  readonly NumericGreaterThanEquals: number;
  readonly NumericGreaterThanEqualsPath: ReferencePath;
  readonly BooleanEquals: boolean;
  readonly BooleanEqualsPath: ReferencePath;
  /** Same instant; RFC 3339 with `T` and a zone. */
  readonly TimestampEquals: string;
  readonly TimestampEqualsPath: ReferencePath;
  readonly TimestampLessThan: string;
  readonly TimestampLessThanPath: ReferencePath;
  readonly TimestampGreaterThan: string;
  readonly TimestampGreaterThanPath: ReferencePath;
  readonly TimestampLessThanEquals: string;
  readonly TimestampLessThanEqualsPath: ReferencePath;
  readonly TimestampGreaterThanEquals: string;
  readonly TimestampGreaterThanEqualsPath: ReferencePath;
  /** Is the value null (true) or not (false)? */
  readonly IsNull: boolean;
  /** Does the path find anything (true) or not (false)? The only operator that bears a path that finds nothing. */
  readonly IsPresent: boolean;
  readonly IsNumeric: boolean;
  readonly IsString: boolean;
  readonly IsBoolean: boolean;
  /** Is the value a string that is an RFC 3339 timestamp with `T` and a zone? */
  readonly IsTimestamp: boolean;
}

export type ChoiceOperator = keyof ChoiceOperators;

type OneOf<Fields> = {
  readonly [Key in keyof Fields]: Pick<Fields, Key> & { readonly [Other in Exclude<keyof Fields, Key>]?: never };
}[keyof Fields];

interface Connectives {
  /** True where all are. */
  readonly And: readonly ChoiceCondition[];
  /** True where one is. */
  readonly Or: readonly ChoiceCondition[];
  /** True where the condition is not. */
  readonly Not: ChoiceCondition;
}

type Without<Fields> = { readonly [Key in keyof Fields]?: never };

/** Compares one value: `Variable` and exactly one operator. */
export type DataTest = {
  readonly Comment?: string;
  /** Path of the value to look at. */
  readonly Variable: Path;
} & OneOf<ChoiceOperators> &
  Without<Connectives>;

/** Exactly one of `And`, `Or`, `Not`. */
export type BooleanTest = { readonly Comment?: string; readonly Variable?: never } & OneOf<Connectives> & Without<ChoiceOperators>;

/** A JSONPath condition; within `And`, `Or` and `Not` it has no `Next`. */
export type ChoiceCondition = DataTest | BooleanTest;

interface RuleFields<Name extends string> extends AssignField {
  /** State to go to where the rule matches. The first rule that matches wins. */
  readonly Next: Name;
}

export type JsonPathChoiceRule<Name extends string = string> = ChoiceCondition &
  RuleFields<Name> & { readonly Condition?: never; readonly Output?: never };

export interface JsonataChoiceRule<Name extends string = string> extends RuleFields<Name> {
  readonly Comment?: string;
  /** Whether the rule matches: an expression that gives a boolean. */
  readonly Condition: boolean | JsonataExpression;
  /** The state's output where this rule matches. Default: the input. */
  readonly Output?: Json;
  readonly Variable?: never;
  readonly And?: never;
  readonly Or?: never;
  readonly Not?: never;
}

export type ChoiceRule<Name extends string = string> = JsonPathChoiceRule<Name> | JsonataChoiceRule<Name>;
