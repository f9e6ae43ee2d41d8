import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { RESOURCE_TYPES, type ResourceType } from './resource-types.ts';
import { splitAttribute } from './short-tags.ts';
import { descend, givenValue, markReference, ownKey, ownObject, spend, unmark, type Environment, type TemplateScope } from './template-scope.ts';

/** Stands for a property that `AWS::NoValue` removes. */
export const NO_VALUE = undefined;

// Names that AWS gives have at most 256 characters; a longer one comes of a template made to grow.
const MAX_NAME = 256;

// A name that leads to another name takes more stack than a level of nesting: at most 30 may do so in a row.
const NAME_WEIGHT = 20;

/** `Ref`: a given value, a pseudo parameter, a parameter's Default, a resource; what is none of these stays `${Name}`. */
export function resolveRef(scope: TemplateScope, name: string): Json | typeof NO_VALUE {
  const given = givenValue(scope, name);
  if (given !== undefined) return given;
  if (name === 'AWS::NoValue') return NO_VALUE;
  if (name === 'AWS::NotificationARNs') return [];
  const pseudo = pseudoParameter(scope.environment, name);
  if (pseudo !== undefined) return pseudo;
  const parameter = ownKey(scope.parameters, name);
  if (parameter !== undefined) return parameterDefault(scope, name, parameter);
  const [logicalId, attribute] = splitAttribute(name);
  // SAM alone has dots in a Ref: `Function.Alias`, `Function.Version`.
  return attribute === '' ? resourceValue(scope, logicalId, undefined) : resolveAttribute(scope, logicalId, attribute);
}

/** `Fn::GetAtt`; what the template has no resource for stays `${Resource.Attribute}`. */
export function resolveAttribute(scope: TemplateScope, logicalId: string, attribute: string): Json {
  return givenValue(scope, `${logicalId}.${attribute}`) ?? resourceValue(scope, logicalId, attribute);
}

/** `AWS::Region` and its like (CloudFormation pseudo parameters reference). */
export function pseudoParameter({ region, account, partition, stackName }: Environment, name: string): string | undefined {
  switch (name) {
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Partition':
      return partition;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
      return undefined;
  }
}

function parameterDefault(scope: TemplateScope, name: string, parameter: Json): Json {
  const fields = isJsonObject(parameter) ? parameter : {};
  const type = ownKey(fields, 'Type');
  const value = ownKey(fields, 'Default');
  // The Default of an SSM parameter is the name it is stored under, not its value.
  const stored = typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value');
  if (value === undefined || value === null || stored || typeof value === 'object') return `\${${name}}`;
  const text = String(value);
  const isList = typeof type === 'string' && (type === 'CommaDelimitedList' || type.startsWith('List<'));
  if (!isList) return text;
  spend(scope, text.length);
  return text.split(',').map((item) => item.trim());
}

function resourceValue(scope: TemplateScope, logicalId: string, attribute: string | undefined): string {
  const text = attribute === undefined ? `\${${logicalId}}` : `\${${logicalId}.${attribute}}`;
  const resource = ownKey(scope.resources, logicalId);
  if (!isJsonObject(resource)) return text;
  const resourceType = ownKey(resource, 'Type');
  if (typeof resourceType !== 'string' || (attribute?.startsWith('Outputs.') ?? false)) return text;
  const shape = shapeOf(RESOURCE_TYPES.get(resourceType), resourceType, attribute);
  const value = shape.replace(/<(\w+)>/g, (_, token: string) => tokenValue(scope, token, logicalId, resource));
  return markReference(scope, { text, value, logicalId, resourceType });
}

function shapeOf(type: ResourceType | undefined, resourceType: string, attribute: string | undefined): string {
  if (attribute === undefined) return type?.ref ?? '<id>';
  const known = type?.attributes !== undefined && Object.hasOwn(type.attributes, attribute) ? type.attributes[attribute] : undefined;
  if (known !== undefined) return known;
  const [, service = 'custom', kind = 'resource'] = resourceType.toLowerCase().replace(/[^a-z0-9:-]/g, '').split('::');
  return attribute.endsWith('Arn') ? `arn:<partition>:${service}:<region>:<account>:${kind}/<id>` : `<id>-${attribute.replace(/[^\w-]/g, '-')}`;
}

function tokenValue(scope: TemplateScope, token: string, logicalId: string, resource: JsonObject): string {
  const { environment } = scope;
  switch (token) {
    case 'id':
      return logicalId;
    case 'name':
      return nameOf(scope, logicalId);
    case 'lower':
      return nameOf(scope, logicalId).toLowerCase();
    case 'region':
    case 'account':
    case 'partition':
      return environment[token];
    case 'suffix':
      return pseudoParameter(environment, 'AWS::URLSuffix')!;
    default:
      return propertyText(scope, logicalId, token, resource)?.replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '') ?? logicalId;
  }
}

/** The name a deployment would give: the resource's name property where it is decidable, else its logical id. */
export function nameOf(scope: TemplateScope, logicalId: string): string {
  const resource = ownKey(scope.resources, logicalId);
  if (!isJsonObject(resource)) return logicalId;
  const type = ownKey(resource, 'Type');
  const property = typeof type === 'string' ? RESOURCE_TYPES.get(type)?.nameProperty : undefined;
  return (property === undefined ? undefined : propertyText(scope, logicalId, property, resource)) ?? logicalId;
}

function propertyText(scope: TemplateScope, logicalId: string, property: string, resource: JsonObject): string | undefined {
  const key = `${logicalId}.${property}`;
  // Set before the value is known: a name that leads back to itself is not decidable.
  if (scope.names.has(key)) return scope.names.get(key);
  scope.names.set(key, undefined);
  descend(scope, NAME_WEIGHT);
  const value = scope.resolve(ownKey(ownObject(resource, 'Properties'), property));
  scope.depth -= NAME_WEIGHT;
  const text = typeof value === 'string' ? unmark(scope, value) : undefined;
  const name = text === undefined || text === '' || text.length > MAX_NAME || text.includes('${') ? undefined : text;
  scope.names.set(key, name);
  return name;
}
