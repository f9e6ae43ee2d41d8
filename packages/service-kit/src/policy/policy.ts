import { isJsonObject, parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { parseConditions, type Condition } from './condition.ts';
import { matchesGlob, parseGlob, type Glob } from './glob.ts';

/** A resource policy, read once. */
export interface Policy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly principal: Principal;
  /** NotPrincipal, NotAction, NotResource: everything but these. */
  readonly notPrincipal: boolean;
  readonly actions: readonly Glob[];
  readonly notAction: boolean;
  readonly resources: readonly Glob[];
  readonly notResource: boolean;
  readonly conditions: readonly Condition[];
}

/** Whom a statement names. */
export interface Principal {
  readonly everyone: boolean;
  /** Account numbers: everybody of these accounts. */
  readonly accounts: readonly string[];
  readonly arns: readonly string[];
  readonly services: readonly string[];
}

/** Longest policy any service takes is 30 KB; more is refused before it costs time. */
const MAX_LENGTH = 65_536;
const STATEMENT_MEMBERS = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);

/**
 * Reads the text of a resource policy (Version 2008-10-17 or 2012-10-17). A `fault` says in a sentence what is wrong with it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): Policy | { readonly fault: string } {
  if (text.length > MAX_LENGTH) return { fault: `The policy is longer than ${MAX_LENGTH} characters` };
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return { fault: 'The policy is not valid JSON' };
  }
  if (!isJsonObject(document)) return { fault: 'The policy must be a JSON object' };
  const { Version: version = '2008-10-17', Id: id = '', Statement: given, ...others } = document;
  const [odd] = Object.keys(others);
  if (odd !== undefined) return { fault: `The policy has an unknown element ${odd.slice(0, 100)}` };
  if (version !== '2008-10-17' && version !== '2012-10-17') return { fault: 'Version must be 2008-10-17 or 2012-10-17' };
  if (typeof id !== 'string') return { fault: 'Id must be a string' };
  const list = Array.isArray(given) ? (given as readonly Json[]) : isJsonObject(given) ? [given] : [];
  if (list.length === 0) return { fault: 'The policy has no Statement' };
  const statements: Statement[] = [];
  for (const each of list) {
    const statement = isJsonObject(each) ? parseStatement(each, version === '2012-10-17') : 'A Statement must be an object';
    if (typeof statement === 'string') return { fault: statement };
    statements.push(statement);
  }
  return { statements };
}

function parseStatement(given: JsonObject, variables: boolean): Statement | string {
  const odd = Object.keys(given).find((name) => !STATEMENT_MEMBERS.has(name));
  if (odd !== undefined) return `A Statement has an unknown element ${odd.slice(0, 100)}`;
  const { Sid: sid = '', Effect: effect, Condition: condition = {} } = given;
  if (typeof sid !== 'string') return 'Sid must be a string';
  if (effect !== 'Allow' && effect !== 'Deny') return 'Effect must be Allow or Deny';
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (Object.hasOwn(given, name) === Object.hasOwn(given, `Not${name}`)) return `A Statement must have one of ${name} and Not${name}`;
  }
  const principal = parsePrincipal(given['Principal'] ?? given['NotPrincipal']!);
  if (!principal) return 'Principal must be * or an object of AWS, Service, Federated or CanonicalUser';
  const actions = textsOf(given['Action'] ?? given['NotAction']!);
  if (!actions?.every((action) => action === '*' || /^[\w-]+:./.test(action))) return 'Action must be a list of service:operation';
  const resources = textsOf(given['Resource'] ?? given['NotResource']!);
  if (!resources?.every((resource) => resource === '*' || resource.startsWith('arn:'))) return 'Resource must be a list of ARNs';
  const conditions = parseConditions(condition, variables);
  if (typeof conditions === 'string') return conditions;
  return {
    effect,
    principal,
    notPrincipal: Object.hasOwn(given, 'NotPrincipal'),
    actions: actions.map((action) => parseGlob(action.toLowerCase(), { variables: false })),
    notAction: Object.hasOwn(given, 'NotAction'),
    resources: resources.map((resource) => parseGlob(resource, { variables })),
    notResource: Object.hasOwn(given, 'NotResource'),
    conditions,
  };
}

/** At least one text, alone or in a list. */
function textsOf(given: Json): readonly string[] | undefined {
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given];
  return list.length > 0 && list.every((item) => typeof item === 'string') ? (list as readonly string[]) : undefined;
}

function parsePrincipal(given: Json): Principal | undefined {
  if (given === '*') return { everyone: true, accounts: [], arns: [], services: [] };
  if (!isJsonObject(given) || Object.keys(given).length === 0) return undefined;
  const { AWS: aws = [], Service: service = [], Federated: federated = [], CanonicalUser: canonical = [], ...others } = given;
  const [names, services] = [aws, service, federated, canonical].map((each) => (Array.isArray(each) && each.length === 0 ? [] : textsOf(each)));
  if (!names || !services || Object.keys(others).length > 0) return undefined;
  const accounts = names.flatMap((name) => accountOf(name) ?? []);
  return { everyone: names.includes('*'), accounts, arns: names.filter((name) => accountOf(name) === undefined), services };
}

/** `123456789012` and `arn:aws:iam::123456789012:root` name everybody of the account. */
function accountOf(principal: string): string | undefined {
  if (/^\d{12}$/.test(principal)) return principal;
  const arn = parseArn(principal);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.account : undefined;
}

/** Who asks for what, as a statement sees it. */
export interface StatementRequest {
  /** In lower case: `sqs:sendmessage`. */
  readonly action: string;
  readonly resource: string;
  readonly service: string | undefined;
  readonly principalArn: string | undefined;
  readonly principalAccount: string | undefined;
  readonly context: (key: string) => string | readonly string[] | undefined;
}

/** True where a statement speaks of the request. */
export function applies(statement: Statement, request: StatementRequest): boolean {
  const { principal, actions, resources, conditions } = statement;
  const valueOf = (name: string): string | undefined => {
    const value = request.context(name);
    return typeof value === 'string' || value === undefined ? value : value[0];
  };
  const among = (globs: readonly Glob[], text: string): boolean => globs.some((glob) => matchesGlob(glob, text, valueOf));
  return (
    isNamed(principal, request) !== statement.notPrincipal &&
    among(actions, request.action) !== statement.notAction &&
    among(resources, request.resource) !== statement.notResource &&
    conditions.every(({ holds }) => holds(request.context))
  );
}

function isNamed({ everyone, accounts, arns, services }: Principal, { service, principalArn, principalAccount }: StatementRequest): boolean {
  if (everyone) return true;
  if (service !== undefined) return services.includes(service);
  return (principalAccount !== undefined && accounts.includes(principalAccount)) || (principalArn !== undefined && arns.includes(principalArn));
}
