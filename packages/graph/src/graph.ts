import { isJsonObject, type Json, type JsonObject } from '@interstate/kernel';
import { ruleText } from './rule-text.ts';

/** A state, and the machines inside it. */
export interface GraphNode {
  /** The state's name: unique over the whole definition. */
  readonly name: string;
  readonly type: string;
  /** What a Task calls, how long a Wait lasts: a few words. */
  readonly detail: string | undefined;
  /** Branches of a Parallel, the processor of a Map. */
  readonly scopes: readonly GraphScope[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  readonly label: string | undefined;
}

/** The states between which transitions are possible: the whole machine, a branch, a processor. */
export interface GraphScope {
  readonly startAt: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** States after which the scope ends. */
  readonly ends: readonly string[];
}

/** Deeper nesting than any machine has; below it nothing is drawn. */
const MAX_DEPTH = 30;

/**
 * Reads a definition for drawing. Takes what is there: transitions to states that do not exist are left out, so that a definition
 * that is being written can be looked at too.
 * @throws TypeError where there is no state at all
 */
export function readGraph(definition: unknown): GraphScope {
  const scope = isJsonObject(definition as Json) ? readScope(definition as JsonObject, 0) : undefined;
  if (!scope || scope.nodes.length === 0) throw new TypeError('There is nothing to draw: a definition has StartAt and States.');
  return scope;
}

function readScope({ StartAt, States }: JsonObject, depth: number): GraphScope {
  const states = isJsonObject(States ?? null) ? (States as JsonObject) : {};
  const names = new Set(Object.keys(states));
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const ends: string[] = [];
  for (const [name, value] of Object.entries(states)) {
    const state = isJsonObject(value) ? value : {};
    nodes.push({ name, type: text(state['Type']) ?? '?', detail: detailOf(state), scopes: depth < MAX_DEPTH ? scopesOf(state).map((inner) => readScope(inner, depth + 1)) : [] });
    for (const edge of edgesOf(name, state)) if (names.has(edge.to)) edges.push(edge);
    if (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail') ends.push(name);
  }
  return { startAt: text(StartAt) ?? '', nodes, edges: merged(edges), ends };
}

function scopesOf(state: JsonObject): JsonObject[] {
  const branches = state['Branches'];
  if (Array.isArray(branches)) return (branches as readonly Json[]).filter(isJsonObject);
  const processor = state['ItemProcessor'] ?? state['Iterator'] ?? null;
  return isJsonObject(processor) ? [processor] : [];
}

function edgesOf(from: string, state: JsonObject): GraphEdge[] {
  const edges: GraphEdge[] = [];
  const add = (to: Json | undefined, kind: GraphEdge['kind'], label?: string): void => {
    if (typeof to === 'string') edges.push({ from, to, kind, label });
  };
  add(state['Next'], 'next');
  for (const rule of objects(state['Choices'])) add(rule['Next'], 'choice', ruleText(rule));
  add(state['Default'], 'default', state['Choices'] === undefined ? undefined : 'otherwise');
  for (const catcher of objects(state['Catch'])) add(catcher['Next'], 'catch', errorsText(catcher['ErrorEquals']));
  return edges;
}

/** Of several edges between the same states only one is drawn; their labels stand together. */
function merged(edges: readonly GraphEdge[]): GraphEdge[] {
  const byEnds = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}\n${edge.kind === 'catch' ? 'catch' : ''}`;
    const known = byEnds.get(key);
    const labels = [known?.label, edge.label].filter((label) => label !== undefined);
    byEnds.set(key, known ? { ...known, label: labels.length > 0 ? labels.join(known.kind === 'catch' ? ', ' : ' or ') : undefined } : edge);
  }
  return [...byEnds.values()];
}

function errorsText(errors: Json | undefined): string {
  const names = Array.isArray(errors) ? (errors as readonly Json[]).filter((name) => typeof name === 'string') : [];
  return names.map((name) => (name === 'States.ALL' ? 'any error' : name)).join(', ');
}

function detailOf(state: JsonObject): string | undefined {
  switch (state['Type']) {
    case 'Task':
      return resourceText(text(state['Resource']) ?? '', state);
    case 'Wait':
      for (const field of ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']) if (state[field] !== undefined) return `${field.startsWith('Seconds') ? '' : 'until '}${String(state[field])}${field === 'Seconds' && typeof state[field] === 'number' ? ' s' : ''}`;
      return undefined;
    case 'Fail':
      return text(state['Error'] ?? state['ErrorPath']);
    case 'Map':
      return text(state['ItemsPath'] ?? state['Items']);
    default:
      return undefined;
  }
}

/** `lambda:invoke charge-card` of the whole ARN and its parameters. */
function resourceText(resource: string, state: JsonObject): string {
  const parts = resource.split(':');
  if (parts[2] !== 'states' || parts[5] === 'activity') return parts.slice(parts[2] === 'lambda' ? 6 : 5).join(':') || resource;
  const parameters = state['Parameters'] ?? state['Arguments'] ?? null;
  const target = isJsonObject(parameters) ? text(parameters['FunctionName'] ?? parameters['StateMachineArn'] ?? parameters['TopicArn'] ?? parameters['QueueUrl'] ?? parameters['TableName']) : undefined;
  const short = target === undefined ? '' : ` ${target.split(/[:/]/).filter((part) => part !== '$LATEST').at(-1) ?? ''}`;
  return `${parts.slice(5).join(':')}${short}`;
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
