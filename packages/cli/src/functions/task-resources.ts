import { isJsonObject, type Json } from '@interstate/kernel';

/** A Task state and what it asks for. */
export interface TaskResource {
  readonly stateName: string;
  readonly resource: string;
  /** The Lambda function, where the definition names it: an ARN, a name, a placeholder. */
  readonly functionName?: string;
}

/** Every Task state of a valid definition, nested ones included. */
export function listTaskResources(definition: Json): TaskResource[] {
  const found: TaskResource[] = [];
  const groups: Json[] = [definition];
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    const states = isJsonObject(group) ? group['States'] : undefined;
    if (states === undefined || !isJsonObject(states)) continue;
    for (const [stateName, state] of Object.entries(states)) {
      if (!isJsonObject(state)) continue;
      const { Resource: resource, Branches: branches, ItemProcessor: processor, Iterator: iterator } = state;
      if (typeof resource === 'string') found.push({ stateName, resource, ...functionOf(resource, state['Parameters'] ?? state['Arguments']) });
      if (Array.isArray(branches)) groups.push(...branches);
      if (processor !== undefined) groups.push(processor);
      if (iterator !== undefined) groups.push(iterator);
    }
  }
  return found;
}

function functionOf(resource: string, parameters: Json | undefined): { functionName?: string } {
  if (/^arn:[^:]*:lambda:|^\$\{/.test(resource)) return { functionName: resource };
  if (!/^arn:[^:]*:states:[^:]*:[^:]*:lambda:invoke(?:\.|$)/.test(resource) || parameters === undefined || !isJsonObject(parameters)) return {};
  const { FunctionName: name } = parameters;
  return typeof name === 'string' && !name.startsWith('{%') ? { functionName: name } : {};
}
