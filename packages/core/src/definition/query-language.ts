/** The language of a state's expressions. A state without `QueryLanguage` has that of the machine's root, at any depth. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A path into the state's input (`$.a[0]`), the context object (`$$.Execution.Id`) or a variable (`$name.a`). */
export type Path = `$${string}`;

/** A path that selects one node at most: member and index steps only. */
export type ReferencePath = `$${string}`;

/** A JSONata expression. The text has to start with `{%` and end with `%}`; any other string stands for itself. */
export type JsonataExpression = `{%${string}%}`;

/** A call such as `States.Format('{}', $.name)`. JSONPath only. */
export type IntrinsicCall = `States.${string}`;

/** Fields that only JSONPath states have, each ruled out. */
export interface NoJsonPathFields {
  readonly InputPath?: never;
  readonly OutputPath?: never;
  readonly Parameters?: never;
  readonly ResultSelector?: never;
  readonly ResultPath?: never;
}

/** Fields that only JSONata states have, each ruled out. */
export interface NoJsonataFields {
  readonly Arguments?: never;
  readonly Output?: never;
}
