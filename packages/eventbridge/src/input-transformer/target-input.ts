import { formatTimestamp, type Json, type JsonObject } from '@interstate/kernel';
import { compileEventPath, type EventPath } from './event-path.ts';
import { compileTemplate, type Payload } from './template.ts';

/** What a target takes of an event; at most one of the three. */
export interface InputOptions {
  /** JSON text that is sent in place of the event. */
  readonly Input?: string;
  /** JSONPath of the part that is sent. */
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Readonly<Record<string, string>>; readonly InputTemplate: string };
}

/** What a template may draw on beside the event. */
export interface InputContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** Milliseconds since 1970. */
  readonly ingestionTime: number;
}

/** Makes a target's input of an event. Undefined: the template has not become JSON, and the event cannot be delivered. */
export type TargetInput = (event: JsonObject, context: InputContext) => Payload | undefined;

const PREDEFINED: Readonly<Record<string, (event: JsonObject, context: InputContext) => Json>> = {
  'aws.events.rule-arn': (_event, { ruleArn }) => ruleArn,
  'aws.events.rule-name': (_event, { ruleName }) => ruleName,
  'aws.events.event.ingestion-time': (_event, { ingestionTime }) => formatTimestamp(ingestionTime),
  'aws.events.event': withoutDetail,
  'aws.events.event.json': (event) => event,
};

/**
 * Compiles what a target takes. @returns the fault as a text about `target <id>`, in AWS's words, where it cannot be compiled
 */
export function compileTargetInput({ Input, InputPath, InputTransformer }: InputOptions, id: string): TargetInput | string {
  if (Number(Input !== undefined) + Number(InputPath !== undefined) + Number(InputTransformer !== undefined) > 1) {
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`;
  }
  if (Input !== undefined) return isJson(Input) ? () => ({ text: Input }) : `JSON syntax error in Input for target ${id}.`;
  if (InputPath !== undefined) {
    const path = compileEventPath(InputPath);
    return path ? (event) => wholeValue(path(event) ?? null) : `Invalid InputPath for target ${id}.`;
  }
  if (InputTransformer === undefined) return wholeValue;
  const template = compileTemplate(InputTransformer.InputTemplate);
  const paths = new Map<string, EventPath>();
  for (const [name, text] of Object.entries(InputTransformer.InputPathsMap ?? {})) {
    const path = compileEventPath(text);
    if (!path) return `Invalid InputPath '${text}' of '${name}' for target ${id}.`;
    paths.set(name, path);
  }
  const unknown = template.placeholders.find((name) => !paths.has(name) && !Object.hasOwn(PREDEFINED, name));
  if (unknown !== undefined) return `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`;
  return (event, context) => template.fill((name) => (paths.get(name) ?? PREDEFINED[name]!)(event, context));
}

function wholeValue(value: Json): Payload {
  return { value };
}

/** The event as `<aws.events.event>` shows it. */
function withoutDetail({ 'detail-type': detailType = null, detail: _detail, ...event }: JsonObject): Json {
  return { ...event, detailType };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
