import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { childPointer } from './json-pointer.ts';
import { readPlaceholder, replacePlaceholders, resourceNameOf } from './placeholder-text.ts';
import { pseudoParameter } from './references.ts';
import { assertDepth } from './source-limits.ts';
import { NO_SUBSTITUTIONS } from './state-machine-source.ts';
import { givenValue, isMarked, spend, unmark, type TemplateScope } from './template-scope.ts';

/** Something of the definition that only a deployment would know, and what stands there instead. */
export interface Placeholder {
  /** As the template writes it: `${OrderTable}`, or `${OrderFunction.Arn}` for `Fn::GetAtt`. */
  readonly text: string;
  /** What the definition now has in its place. */
  readonly value: string;
  /** JSON Pointer of the string (or, for a placeholder in a key, of the object) in the definition. */
  readonly pointer: string;
  /** The resource of the template it stands for, where there is one. */
  readonly logicalId?: string;
  /** That resource's type, such as `AWS::Lambda::Function`. */
  readonly resourceType?: string;
}

interface Substitution {
  readonly scope: TemplateScope;
  /** DefinitionSubstitutions of the template. */
  readonly own: ReadonlyMap<string, string>;
  readonly placeholders: Placeholder[];
}

/** Where in a definition a value stands: what may be a Task's Resource, and what is payload. */
type Place = 'machine' | 'states' | 'state' | 'branches' | 'credentials' | 'service' | 'data';

/** A whole Resource or RoleArn must be an ARN for the definition to be valid, so its placeholder is one. */
type ArnKind = 'function' | 'role' | undefined;

// No ARN is longer; a longer string is none and keeps its placeholders as they are.
const MAX_ARN = 2_048;

/**
 * Puts the definition together: `${Name}` gets the caller's value, else the template's, else stays; references are written out.
 * Both kinds of placeholder are listed.
 */
export function substituteDefinition(
  definition: Json, scope: TemplateScope, own: ReadonlyMap<string, string>,
): { definition: Json; placeholders: Placeholder[] } {
  const placeholders: Placeholder[] = [];
  return { definition: substitute({ scope, own, placeholders }, definition, 'machine', '', undefined, 0), placeholders };
}

/** The same for a property beside the definition; its placeholders are not listed. */
export function substituteProperty(value: Json, scope: TemplateScope, arn?: 'role'): Json {
  return substitute({ scope, own: NO_SUBSTITUTIONS, placeholders: [] }, value, 'data', '', arn, 0);
}

function substitute(run: Substitution, value: Json, place: Place, pointer: string, arn: ArnKind, depth: number): Json {
  spend(run.scope, 1);
  if (typeof value === 'string') return substituteText(run, value, pointer, arn);
  if (typeof value !== 'object' || value === null) return value;
  assertDepth(depth + 1, pointer, run.scope);
  if (Array.isArray(value)) {
    const itemPlace = place === 'branches' ? 'machine' : 'data';
    return (value as readonly Json[]).map((item, index) => substitute(run, item, itemPlace, childPointer(pointer, index), undefined, depth + 1));
  }
  const result: Record<string, Json> = {};
  for (const [key, child] of Object.entries(value as JsonObject)) {
    const name = isOpen(key) ? String(substituteText(run, key, pointer, undefined)) : key;
    const childPlace = placeOf(place, key);
    setJsonKey(result, name, substitute(run, child, childPlace, childPointer(pointer, name), arnKind(place, key), depth + 1));
  }
  return result;
}

/** True where a text may hold a placeholder or a mark. */
function isOpen(text: string): boolean {
  return text.includes('${') || isMarked(text);
}

function placeOf(place: Place, key: string): Place {
  if (place === 'machine') return key === 'States' ? 'states' : 'data';
  if (place === 'states') return 'state';
  if (place !== 'state') return 'data';
  if (key === 'ItemProcessor' || key === 'Iterator') return 'machine';
  if (key === 'ItemReader' || key === 'ResultWriter') return 'service';
  return key === 'Branches' ? 'branches' : key === 'Credentials' ? 'credentials' : 'data';
}

function arnKind(place: Place, key: string): ArnKind {
  if ((place === 'state' || place === 'service') && key === 'Resource') return 'function';
  return place === 'credentials' && key === 'RoleArn' ? 'role' : undefined;
}

function substituteText(run: Substitution, text: string, pointer: string, arn: ArnKind): Json {
  spend(run.scope, text.length);
  if (!isOpen(text)) return text;
  const whole = readPlaceholder(text, 0);
  if (whole?.end === text.length) {
    const given = givenValue(run.scope, whole.name);
    if (given !== undefined) return given;
  }
  const known = replacePlaceholders(text, (name) => knownValue(run, name) ?? `\${${name}}`);
  const plain = unmark(run.scope, known, (reference) => run.placeholders.push({ ...reference, pointer }));
  if (!plain.includes('${')) return plain;
  const asArn = plain.length > MAX_ARN ? undefined : arn;
  return replacePlaceholders(plain, (name, before) => {
    const value = asArn === undefined ? `\${${name}}` : arnPart(run.scope, asArn, name, before);
    run.placeholders.push({ text: `\${${name}}`, value, pointer });
    return value;
  });
}

function knownValue(run: Substitution, name: string): string | undefined {
  const value = givenValue(run.scope, name) ?? run.own.get(name) ?? pseudoParameter(run.scope.environment, name);
  if (value === undefined) return undefined;
  spend(run.scope, String(value).length);
  return String(value);
}

/** What an unknown part of an ARN becomes: the whole ARN at its start, else whatever belongs at that colon. */
function arnPart({ environment }: TemplateScope, kind: 'function' | 'role', placeholder: string, before: string): string {
  const name = resourceNameOf(placeholder);
  const { partition, region, account } = environment;
  if (before === '') {
    return kind === 'role' ? `arn:${partition}:iam::${account}:role/${name}` : `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  }
  const colons = before.endsWith(':') && before.startsWith('arn:') ? before.split(':').length - 1 : 0;
  return colons === 1 ? partition : colons === 3 ? region : colons === 4 ? account : name;
}
