import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { parseDefinitionFile } from './definition-text.ts';
import { resolveValue } from './intrinsic-functions.ts';
import { childPointer } from './json-pointer.ts';
import { parseJsonText } from './json-text.ts';
import { readSibling, type FileAccess } from './local-file.ts';
import { nameOf } from './references.ts';
import { shown, TemplateError } from './template-error.ts';
import { givenValue, ownKey, ownObject, unmark, type SubstitutionValue, type TemplateScope } from './template-scope.ts';
import type { RawStateMachine, StateMachineSource } from './state-machine-source.ts';

const STATE_MACHINE_TYPES: ReadonlySet<string> = new Set(['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine']);

/** The state machines among a template's Resources: CloudFormation, SAM, and what `cdk synth` writes. */
export function findInResources(scope: TemplateScope, files: FileAccess): StateMachineSource[] {
  return Object.entries(scope.resources).flatMap(([logicalId, resource]): StateMachineSource[] => {
    const type = isJsonObject(resource) ? ownKey(resource, 'Type') : undefined;
    if (typeof type !== 'string' || !STATE_MACHINE_TYPES.has(type)) return [];
    const properties = ownObject(resource, 'Properties');
    const pointer = `${childPointer('/Resources', logicalId)}/Properties`;
    const name = nameOf(scope, logicalId);
    const read = (): RawStateMachine => readResource({ scope, files, properties, pointer });
    return [{ logicalId, name: name === logicalId ? undefined : name, scope, read }];
  });
}

interface Resource {
  readonly scope: TemplateScope;
  readonly files: FileAccess;
  readonly properties: JsonObject;
  readonly pointer: string;
}

function readResource(resource: Resource): RawStateMachine {
  const { scope, properties, pointer } = resource;
  const substitutions = readSubstitutions(resource);
  const property = (name: string): Json | undefined => resolveValue(scope, ownKey(properties, name));
  const typeName = Object.hasOwn(properties, 'Type') ? 'Type' : 'StateMachineType';
  return {
    type: readType(property(typeName), scope, `${pointer}/${typeName}`),
    definition: readDefinitionProperty(resource, substitutions),
    substitutions,
    roleArn: property('RoleArn') ?? property('Role'),
    loggingConfiguration: property('LoggingConfiguration') ?? property('Logging'),
  };
}

/** STANDARD where nothing, or nothing that can be decided, is said. */
export function readType(value: Json | undefined, { file }: TemplateScope, pointer: string): 'STANDARD' | 'EXPRESS' {
  if (value === undefined || value === 'STANDARD' || (typeof value === 'string' && value.includes('${'))) return 'STANDARD';
  if (value === 'EXPRESS') return value;
  throw new TemplateError('InvalidTemplate', `the type ${shown(value)} is neither STANDARD nor EXPRESS`, { file, pointer });
}

function readSubstitutions({ scope, properties, pointer }: Resource): ReadonlyMap<string, string> {
  const value = resolveValue(scope, ownKey(properties, 'DefinitionSubstitutions'));
  if (value === undefined) return new Map();
  if (isJsonObject(value)) {
    // Objects have no text; AWS takes strings, numbers and booleans.
    return new Map(Object.entries(value).flatMap(([key, entry]) => (typeof entry === 'object' ? [] : [[key, String(entry)] as const])));
  }
  const problem = `DefinitionSubstitutions is ${shown(value)}; it maps names to values`;
  throw new TemplateError('InvalidTemplate', problem, { file: scope.file, pointer: `${pointer}/DefinitionSubstitutions` });
}

function readDefinitionProperty(resource: Resource, substitutions: ReadonlyMap<string, string>): Json {
  const { scope, properties, pointer } = resource;
  const substitute = unquotedSubstitution(scope, substitutions);
  const [name] = ['Definition', 'DefinitionString', 'DefinitionUri', 'DefinitionS3Location'].filter((key) => Object.hasOwn(properties, key));
  const at = `${pointer}/${name}`;
  const value = name === undefined ? undefined : resolveValue(scope, ownKey(properties, name));
  switch (name) {
    case 'Definition':
      if (isJsonObject(value)) return value;
      break;
    case 'DefinitionString':
      if (isJsonObject(value)) return value;
      if (typeof value === 'string') return parseDefinitionString(value, resource, at, substitute);
      break;
    case 'DefinitionUri':
      if (typeof value === 'string' && !/^(?:s3|https?):/i.test(value)) {
        const { text, path } = readSibling(resource.files, unmark(scope, value), at);
        return parseDefinitionFile(text, { file: path, substitute });
      }
      throw remote(value, at, scope);
    case 'DefinitionS3Location':
      return readAsset(value, resource, substitute) ?? refuse(remote(value, at, scope));
    default:
      throw new TemplateError('MissingDefinition', 'no Definition, DefinitionString or DefinitionUri; add one', { file: scope.file, pointer });
  }
  throw new TemplateError('InvalidTemplate', `${name} is ${shown(value)}; it holds the definition with StartAt and States`, { file: scope.file, pointer: at });
}

function unquotedSubstitution(scope: TemplateScope, own: ReadonlyMap<string, string>): (name: string) => SubstitutionValue | undefined {
  return (name) => {
    const value = givenValue(scope, name) ?? own.get(name);
    return typeof value === 'string' ? unmark(scope, value) : value;
  };
}

function parseDefinitionString(text: string, { scope }: Resource, pointer: string, substitute: (name: string) => SubstitutionValue | undefined): Json {
  try {
    return parseJsonText(text, { substitute });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { code, line, column, problem } = error;
    const place = [line === undefined ? '' : `line ${line}, column ${column}`, error.pointer ?? ''].filter((part) => part !== '').join(', ');
    throw new TemplateError(code, `in the text of the definition, ${place}: ${problem}`, { file: scope.file, pointer });
  }
}

/** CDK's `DefinitionBody.fromFile` uploads an asset; `cdk synth` leaves it beside the template as `asset.<hash>.json`. */
function readAsset(location: Json | undefined, { files }: Resource, substitute: (name: string) => SubstitutionValue | undefined): Json | undefined {
  const key = isJsonObject(location) ? ownKey(location, 'Key') : undefined;
  if (typeof key !== 'string' || !/^[0-9a-f]{64}\.(?:json|ya?ml)$/.test(key) || files.readFile === undefined) return undefined;
  let asset: { text: string; path: string };
  try {
    asset = readSibling(files, `asset.${key}`, '');
  } catch {
    return undefined;
  }
  return parseDefinitionFile(asset.text, { file: asset.path, substitute });
}

function remote(value: Json | undefined, pointer: string, { file }: TemplateScope): TemplateError {
  const place = isJsonObject(value) ? `s3://${String(ownKey(value, 'Bucket'))}/${String(ownKey(value, 'Key'))}` : String(value);
  const problem = `the definition is at ${place.slice(0, 200)}, and nothing is fetched; download it and read that file, or give DefinitionUri a local path`;
  return new TemplateError('RemoteDefinition', problem, { file, pointer });
}

function refuse(error: TemplateError): never {
  throw error;
}
