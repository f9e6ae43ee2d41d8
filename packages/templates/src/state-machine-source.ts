import { isJsonObject, type Json } from '@interstate/kernel';
import type { TemplateScope } from './template-scope.ts';

/** A state machine found, its definition not read yet: one that cannot be read must not stand in the way of its neighbours. */
export interface StateMachineSource {
  readonly logicalId?: string | undefined;
  readonly name?: string | undefined;
  readonly scope: TemplateScope;
  /** Reads the definition, `${…}` and marks still in it. */
  readonly read: () => RawStateMachine;
}

export interface RawStateMachine {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: Json;
  readonly substitutions: ReadonlyMap<string, string>;
  readonly roleArn?: Json | undefined;
  readonly loggingConfiguration?: Json | undefined;
}

export const NO_SUBSTITUTIONS: ReadonlyMap<string, string> = new Map();

/** True for what can only be a definition: it says where to start, or which states there are. */
export function isDefinition(value: Json): boolean {
  return isJsonObject(value) && (Object.hasOwn(value, 'StartAt') || Object.hasOwn(value, 'States'));
}
