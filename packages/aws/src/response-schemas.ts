import type { ResponseSchema, ResponseSchemas } from '@interstate/kernel';
import { pascalName } from '@interstate/service-kit';
import type { AwsClient } from './client.ts';
import { readOperation, requiredMembers, type ClientSchema } from './client-schema.ts';
import { memberName, taskServiceName } from './service-name.ts';

/**
 * Response schemas as clients describe themselves, for TestState to hold mocked results against: types and required members.
 * Lengths, ranges and enumerations are not in a client's description. Undefined for services without a client here and for
 * clients that describe nothing.
 */
export function responseSchemas(clients: readonly AwsClient[] | Readonly<Record<string, AwsClient>>): ResponseSchemas {
  const byName = new Map<string, object>();
  for (const [key, client] of Object.entries(clients)) byName.set(Array.isArray(clients) ? nameOf(client) : key.toLowerCase(), client);
  return (service, action) => {
    const client = byName.get(service);
    const operation = client && readOperation(describedBy(client, action));
    return operation && schemaOf(operation.output);
  };
}

function nameOf(client: AwsClient): string {
  const { config } = ('client' in client ? client.client : client) as { readonly config?: { readonly serviceId?: string } };
  return taskServiceName(config?.serviceId ?? '');
}

/** The description that an action's command carries. */
function describedBy(client: object, action: string): unknown {
  if ('commands' in client) {
    const Command = (client.commands as Readonly<Record<string, unknown>>)[`${pascalName(action)}Command`];
    return typeof Command === 'function' ? (new (Command as new (input: object) => { schema?: unknown })({}).schema as unknown) : undefined;
  }
  const method = action in Object.prototype ? undefined : (client as Readonly<Record<string, unknown>>)[action];
  if (typeof method !== 'function' || !('middlewareStack' in client)) return undefined;
  // The method of an aggregated client builds a command at once and sends it through `this`, which here only looks at it.
  let schema: unknown;
  const send = (command: { readonly schema?: unknown }): void => void (schema = command.schema);
  void (method as (this: object, input: object) => unknown).call({ send }, {});
  return schema;
}

function schemaOf(schema: ClientSchema): ResponseSchema {
  switch (schema.type) {
    case 'structure': {
      const members = [...schema.members.values()].map(({ name, schema: inner }) => [memberName(name), (): ResponseSchema => schemaOf(inner())] as const);
      return { type: 'structure', members: new Map(members), required: requiredMembers(schema).map(memberName) };
    }
    case 'list':
    case 'map':
      return { type: schema.type, value: () => schemaOf(schema.value()) };
    case 'bigInteger':
      return { type: 'number' };
    case 'stream':
      return { type: 'blob' };
    case 'unknown':
      return { type: 'document' };
    default:
      return { type: schema.type };
  }
}
