import { isJsonObject, setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import { readType } from './cloudformation.ts';
import { parseDefinitionFile, parseDocuments } from './definition-text.ts';
import { resolveValue } from './intrinsic-functions.ts';
import { childPointer } from './json-pointer.ts';
import { readSibling, type FileAccess } from './local-file.ts';
import { NO_SUBSTITUTIONS, type RawStateMachine, type StateMachineSource } from './state-machine-source.ts';
import { shown, TemplateError } from './template-error.ts';
import { givenValue, ownKey, ownObject, type TemplateScope } from './template-scope.ts';

/** The state machines of a serverless.yml with the serverless-step-functions plugin. */
export function findInServerless(document: JsonObject, scope: TemplateScope, files: FileAccess): StateMachineSource[] {
  const section = includedFile(ownKey(document, 'stepFunctions') ?? document, scope, files, '/stepFunctions');
  const machines = isJsonObject(section) ? includedFile(ownKey(section, 'stateMachines') ?? null, scope, files, '/stepFunctions/stateMachines') : null;
  if (!isJsonObject(machines)) {
    const problem = `stateMachines is ${shown(machines)}; it maps names to { name, type, definition }`;
    throw new TemplateError('InvalidTemplate', problem, { file: scope.file, pointer: '/stepFunctions/stateMachines' });
  }
  return Object.entries(machines).map(([key, entry]): StateMachineSource => {
    const pointer = childPointer('/stepFunctions/stateMachines', key);
    const name = isJsonObject(entry) ? ownKey(entry, 'name') : undefined;
    const id = isJsonObject(entry) ? ownKey(entry, 'id') : undefined;
    const read = (): RawStateMachine => readMachine(entry, scope, files, pointer);
    return { logicalId: isKnown(id) ? id : key, name: isKnown(name) ? name : key, scope, read };
  });
}

function isKnown(name: Json | undefined): name is string {
  return typeof name === 'string' && !name.includes('${');
}

function readMachine(value: Json, scope: TemplateScope, files: FileAccess, pointer: string): RawStateMachine {
  const machine = includedFile(value, scope, files, pointer);
  const at = `${pointer}/definition`;
  const raw = isJsonObject(machine) ? includedFile(ownKey(machine, 'definition') ?? null, scope, files, at) : null;
  const definition = typeof raw === 'string' ? parseDefinitionFile(raw, { file: scope.file, substitute: (name) => givenValue(scope, name) }) : resolveValue(scope, raw);
  if (!isJsonObject(machine) || !isJsonObject(definition)) {
    throw new TemplateError('MissingDefinition', `definition is ${shown(raw)}; it holds StartAt and States`, { file: scope.file, pointer: at });
  }
  const type = resolveValue(scope, ownKey(machine, 'type'));
  return {
    type: readType(typeof type === 'string' ? type.toUpperCase() : type, scope, `${pointer}/type`),
    definition,
    substitutions: NO_SUBSTITUTIONS,
    roleArn: resolveValue(scope, ownKey(machine, 'role')),
    loggingConfiguration: resolveValue(scope, ownKey(machine, 'loggingConfig')),
  };
}

/** `${file(path)}` and `${file(path):key.key}` are read where they stand for a whole section; anything else is returned as it is. */
function includedFile(value: Json, scope: TemplateScope, files: FileAccess, pointer: string): Json {
  const include = typeof value === 'string' ? /^\$\{file\(([^()${}]{1,300})\)(?::([\w.-]{1,300}))?\}$/.exec(value) : null;
  const path = include?.[1];
  if (path === undefined) return value;
  const { text, path: file } = readSibling(files, path, pointer);
  const [content = null] = parseDocuments(text, { file });
  const keys = include?.[2]?.split('.') ?? [];
  return keys.reduce<Json>((section, key) => (isJsonObject(section) ? (ownKey(section, key) ?? null) : null), content);
}

/** The functions of a serverless.yml as resources, under their own name and under the logical id the framework gives them. */
export function serverlessResources(document: JsonObject): JsonObject {
  const resources: Record<string, Json> = { ...ownObject(ownKey(document, 'resources'), 'Resources') };
  for (const [key, entry] of Object.entries(ownObject(document, 'functions'))) {
    const name = isJsonObject(entry) ? ownKey(entry, 'name') : undefined;
    const resource = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: isKnown(name) ? name : key } };
    const normalized = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
    setJsonKey(resources, `${normalized.slice(0, 1).toUpperCase()}${normalized.slice(1)}LambdaFunction`, resource);
    if (!Object.hasOwn(resources, key)) setJsonKey(resources, key, resource);
  }
  return resources;
}
