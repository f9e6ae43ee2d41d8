import type { Json, JsonObject } from '@interstate/kernel';
import { MAX_EXPANSION, tooLarge, type Source } from './source-limits.ts';
import { TemplateError } from './template-error.ts';

export type SubstitutionValue = string | number | boolean;

/** The account a template is read for. */
export interface Environment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly stackName: string;
}

/** A placeholder for something in the template: a resource that only a deployment would make. */
export interface Reference {
  /** As `Fn::Sub` writes it: `${OrderFunction.Arn}`. */
  readonly text: string;
  readonly value: string;
  readonly logicalId: string;
  readonly resourceType: string;
}

/** Everything the intrinsic functions of one template can see, and what they have found so far. */
export interface TemplateScope extends Source {
  readonly environment: Environment;
  /** Values the caller gave, by parameter name, `Resource` or `Resource.Attribute`. */
  readonly given: ReadonlyMap<string, SubstitutionValue>;
  readonly used: Set<string>;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly resources: JsonObject;
  /** In a plain JSON definition `{ "Ref": … }` is payload. */
  readonly hasRefs: boolean;
  /** References met; a marked string holds an index into it. */
  readonly references: Reference[];
  readonly names: Map<string, string | undefined>;
  readonly decided: Map<string, boolean | undefined>;
  /** Works out the intrinsic functions in a value, for the functions and references that hold others. */
  readonly resolve: (value: Json | undefined) => Json | undefined;
  depth: number;
  spent: number;
}

const MARK = '\ufdd0';
const MARK_END = '\ufdd1';
const MARKED = /\ufdd0([0-9]{1,7})\ufdd1/g;

/** Registers a reference and gives the text that stands for it until the definition is put together. */
export function markReference(scope: TemplateScope, reference: Reference): string {
  return `${MARK}${scope.references.push(reference) - 1}${MARK_END}`;
}

export function isMarked(text: string): boolean {
  return text.includes(MARK);
}

/** A text with its references written out. Noncharacters that the template itself brought stay as they are. */
export function unmark(scope: TemplateScope, text: string, onReference?: (reference: Reference) => void): string {
  if (!isMarked(text)) return text;
  return text.replace(MARKED, (mark, index: string) => {
    const reference = scope.references[Number(index)];
    if (reference === undefined) return mark;
    onReference?.(reference);
    spend(scope, reference.value.length);
    return reference.value;
  });
}

/** The caller's value for a name, which then counts as used. */
export function givenValue(scope: TemplateScope, name: string): SubstitutionValue | undefined {
  const value = scope.given.get(name);
  if (value !== undefined) scope.used.add(name);
  return value;
}

/** Counts what joining and substituting produced, so that a small template cannot grow without bound. */
export function spend(scope: TemplateScope, characters: number): void {
  scope.spent += characters;
  if (scope.spent > MAX_EXPANSION) throw tooLarge(scope);
}

const MAX_RESOLVE_DEPTH = 600;

/**
 * Enters one step of a recursion through the template's own values, which can lead from anywhere to anywhere; `scope.depth` goes
 * back by the same weight when the step is done (after an error nobody goes on).
 */
export function descend(scope: TemplateScope, weight = 1): void {
  scope.depth += weight;
  if (scope.depth <= MAX_RESOLVE_DEPTH) return;
  throw new TemplateError('NestedTooDeep', 'the references of this template lead too deep; write the values out', { file: scope.file });
}

/** An own key of an object, never one of its prototype. */
export function ownKey(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The own key's object, or an empty one. */
export function ownObject(value: Json | undefined, key: string): JsonObject {
  const child = isObject(value) ? ownKey(value, key) : undefined;
  return isObject(child) ? child : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
