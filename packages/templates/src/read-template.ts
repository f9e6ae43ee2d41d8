import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { findInResources } from './cloudformation.ts';
import { copyObject } from './definition-object.ts';
import { isYaml, parseDocuments } from './definition-text.ts';
import { resolveValue } from './intrinsic-functions.ts';
import type { FileAccess, ReadFile } from './local-file.ts';
import { didYouMean } from './nearest-name.ts';
import { findInServerless, serverlessResources } from './serverless.ts';
import { isDefinition, NO_SUBSTITUTIONS, type StateMachineSource } from './state-machine-source.ts';
import { substituteDefinition, substituteProperty, type Placeholder } from './substitutions.ts';
import { shown, TemplateError } from './template-error.ts';
import { ownKey, ownObject, type SubstitutionValue, type TemplateScope } from './template-scope.ts';

export interface TemplateOptions {
  /** Path of the file the text came from: it is named in errors, tells JSON from YAML, and relative paths start at its folder. */
  readonly path?: string;
  /** Reads a file a template names (DefinitionUri, `${file(…)}`, CDK assets). Without it such a definition is an error. */
  readonly readFile?: ReadFile;
  /** Values for `${Name}`. A number or boolean keeps its type where the placeholder is the whole string or stands without quotes. */
  readonly substitutions?: Readonly<Record<string, SubstitutionValue>>;
  /** Values for the template's Parameters; they win over each Default. */
  readonly parameters?: Readonly<Record<string, SubstitutionValue>>;
  /** Which state machine: its logical id, its CDK construct id, or its name. Needed where there are several. */
  readonly logicalId?: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default '123456789012' */
  readonly account?: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** `AWS::StackName`. @default 'stack' */
  readonly stackName?: string;
}

export interface StateMachine {
  /** Key of the resource, or of the state machine in serverless.yml; none for a plain definition. */
  readonly logicalId?: string;
  readonly name?: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The definition as JSON, ready to be validated and run; it shares nothing with what was passed in. */
  readonly definition: Json;
  readonly placeholders: readonly Placeholder[];
  readonly roleArn?: Json;
  readonly loggingConfiguration?: Json;
}

export interface Template {
  readonly stateMachines: readonly StateMachine[];
  /** Names in `substitutions` and `parameters` that nothing asked for: most often a misspelling. */
  readonly unused: readonly string[];
}

/**
 * Finds every state machine in a text or object: plain ASL, SAM, CloudFormation, `cdk synth` output, serverless.yml, or what
 * `describe-state-machine` prints. With `logicalId`, only that one is read.
 * @throws TemplateError, and nothing else.
 */
export function readTemplate(source: string | object, options: TemplateOptions = {}): Template {
  const input = createInput(source, options);
  const found = findStateMachines(input);
  const sources = options.logicalId === undefined ? found : [pick(found, options.logicalId, options.path)];
  const stateMachines = sources.map(readStateMachine);
  return { stateMachines, unused: unusedNames(input) };
}

/**
 * Reads one state machine: the only one there is, or the one `logicalId` names.
 * @throws TemplateError; SeveralStateMachines and UnknownStateMachine list the candidates.
 */
export function readDefinition(source: string | object, options: TemplateOptions = {}): StateMachine & Pick<Template, 'unused'> {
  const input = createInput(source, options);
  const found = findStateMachines(input);
  const [only, ...others] = options.logicalId === undefined ? found : [pick(found, options.logicalId, options.path)];
  if (only !== undefined && others.length === 0) {
    const stateMachine = readStateMachine(only);
    return { ...stateMachine, unused: unusedNames(input) };
  }
  const candidates = found.map(label);
  const problem = `there are ${found.length} state machines; pick one with logicalId: ${candidates.slice(0, 20).join(', ')}`;
  throw new TemplateError('SeveralStateMachines', problem, { file: options.path, candidates });
}

interface Input {
  readonly source: string | object;
  readonly options: TemplateOptions;
  readonly given: ReadonlyMap<string, SubstitutionValue>;
  /** Names of `given` that something asked for. */
  readonly used: Set<string>;
}

function createInput(source: string | object, options: TemplateOptions): Input {
  const given = new Map([...Object.entries(options.parameters ?? {}), ...Object.entries(options.substitutions ?? {})]);
  return { source, options, given, used: new Set() };
}

function unusedNames({ given, used }: Input): string[] {
  return [...given.keys()].filter((name) => !used.has(name));
}

function findStateMachines(input: Input): StateMachineSource[] {
  const { source, options: { path: file, readFile } } = input;
  const substitute = (name: string): SubstitutionValue | undefined => {
    input.used.add(name);
    return input.given.get(name);
  };
  const documents = typeof source === 'string' ? parseDocuments(source, { file, substitute }) : [copyObject(source, file)];
  const files: FileAccess = { path: file, readFile };
  const found = documents.flatMap((document) => findInDocument(document, createScope(document, input), files));
  if (found.length > 0) return found.length > 1 ? found.map(numbered) : found;
  throw new TemplateError('NoStateMachine', nothingFound(documents), { file });
}

/** Plain definitions have no id; several of them, in one YAML text, are picked by their place. */
function numbered(source: StateMachineSource, index: number): StateMachineSource {
  return source.logicalId === undefined ? { ...source, logicalId: `Document${index + 1}` } : source;
}

function findInDocument(document: Json, scope: TemplateScope, files: FileAccess): StateMachineSource[] {
  if (!isJsonObject(document)) return [];
  if (isDefinition(document)) return [plainDefinition(document, scope)];
  if (isJsonObject(ownKey(document, 'Resources'))) return findInResources(scope, files);
  if (Object.hasOwn(document, 'stepFunctions') || Object.hasOwn(document, 'stateMachines')) return findInServerless(document, scope, files);
  return described(document, scope);
}

function plainDefinition(definition: Json, scope: TemplateScope): StateMachineSource {
  return { scope, read: () => ({ type: 'STANDARD', definition: resolveValue(scope, definition) ?? null, substitutions: NO_SUBSTITUTIONS }) };
}

/** The answer of DescribeStateMachine: the definition as text, beside name and type. */
function described(document: JsonObject, scope: TemplateScope): StateMachineSource[] {
  const [text, arn, name, type, roleArn] = ['definition', 'stateMachineArn', 'name', 'type', 'roleArn'].map((key) => ownKey(document, key));
  if (typeof text !== 'string' || typeof arn !== 'string') return [];
  return [{
    scope,
    name: typeof name === 'string' ? name : undefined,
    read: () => ({
      type: type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      definition: parseDocuments(text, { file: scope.file })[0] ?? null,
      substitutions: NO_SUBSTITUTIONS,
      roleArn,
    }),
  }];
}

function createScope(document: Json, { source, options, given, used }: Input): TemplateScope {
  const { path: file, region = 'us-east-1', account = '123456789012', partition = 'aws', stackName = 'stack' } = options;
  const isServerless = isJsonObject(document) && !Object.hasOwn(document, 'Resources');
  const scope: TemplateScope = {
    file,
    environment: { region, account, partition, stackName },
    given,
    used,
    parameters: ownObject(document, 'Parameters'),
    mappings: ownObject(document, 'Mappings'),
    conditions: ownObject(document, 'Conditions'),
    resources: isServerless ? serverlessResources(document) : ownObject(document, 'Resources'),
    hasRefs: !isDefinition(document) || (typeof source === 'string' && isYaml(source, file)),
    references: [],
    names: new Map(),
    decided: new Map(),
    resolve: (value) => resolveValue(scope, value),
    depth: 0,
    spent: 0,
  };
  return scope;
}

function readStateMachine({ logicalId, name, scope, read }: StateMachineSource): StateMachine {
  const raw = read();
  const { definition, placeholders } = substituteDefinition(raw.definition, scope, raw.substitutions);
  const roleArn = raw.roleArn === undefined ? undefined : substituteProperty(raw.roleArn, scope, 'role');
  const loggingConfiguration = raw.loggingConfiguration === undefined ? undefined : substituteProperty(raw.loggingConfiguration, scope);
  return {
    ...(logicalId === undefined ? {} : { logicalId }),
    ...(name === undefined ? {} : { name }),
    type: raw.type,
    definition,
    placeholders,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(loggingConfiguration === undefined ? {} : { loggingConfiguration }),
  };
}

function pick(sources: readonly StateMachineSource[], wanted: string, file: string | undefined): StateMachineSource {
  const matches = [
    sources.filter(({ logicalId }) => logicalId === wanted),
    sources.filter(({ name }) => name === wanted),
    // CDK appends eight hexadecimal digits to a construct's id.
    sources.filter(({ logicalId }) => logicalId?.replace(/[0-9A-F]{8}$/, '') === wanted),
  ].find((group) => group.length > 0);
  if (matches?.length === 1) return matches[0]!;
  const candidates = sources.map(label);
  const problem = matches === undefined
    ? `there is no state machine '${wanted}'.${didYouMean(wanted, [...candidates, ...sources.flatMap(({ name }) => name ?? [])])} There is: ${candidates.slice(0, 20).join(', ')}`
    : `'${wanted}' fits ${matches.length} state machines; give the logical id: ${matches.map(label).slice(0, 20).join(', ')}`;
  throw new TemplateError('UnknownStateMachine', problem, { file, candidates });
}

function label({ logicalId, name }: StateMachineSource): string {
  return logicalId ?? name ?? 'the definition';
}

function nothingFound(documents: readonly Json[]): string {
  const [document] = documents;
  const expected = 'a definition has StartAt and States, a template Resources with a StateMachine, a serverless.yml stepFunctions';
  if (isJsonObject(document) && isJsonObject(ownKey(document, 'Resources'))) {
    return 'none of the Resources is an AWS::StepFunctions::StateMachine or AWS::Serverless::StateMachine';
  }
  return document === undefined ? `the text is empty; ${expected}` : `this is ${shown(document)}; ${expected}`;
}
