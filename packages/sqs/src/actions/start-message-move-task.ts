import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryState } from '../directory-state.ts';
import { fault, invalid, invalidValue } from '../faults.ts';
import { readTaskHandle } from '../move-task-handle.ts';
import { isFifoName } from '../names.ts';

/** Checks what spans queues; the source does the rest. */
export function startMessageMoveTask(state: DirectoryState, input: JsonObject): Json | undefined {
  const { SourceArn: source, DestinationArn: destination } = input;
  if (!state.findByArn(source as string)) throw noResource('SourceArn');
  if (state.sourcesOf(source as string).length === 0) throw invalid('Source queue must be configured as a Dead Letter Queue.');
  if (destination !== undefined) {
    if (!state.findByArn(destination as string)) throw noResource('DestinationArn');
    if (destination === source) throw invalidValue('DestinationArn', destination, 'The destination must be another queue than the source.');
    if (isFifoName(destination as string) !== isFifoName(source as string)) throw invalidValue('DestinationArn', destination, 'The destination must be same type of queue as the source.');
  }
  return state.ask(source as string, 'StartMessageMoveTask', input);
}

/** Only a handle that names no queue comes here. */
export function cancelMessageMoveTask(_state: DirectoryState, { TaskHandle: handle }: JsonObject): Json {
  if (readTaskHandle(handle) === undefined) throw invalid('Value for parameter TaskHandle is invalid.');
  throw fault('ResourceNotFoundException', { reason: 'Task does not exist.' });
}

function noResource(parameter: string): unknown {
  return fault('ResourceNotFoundException', { reason: `The resource that you specified for the ${parameter} parameter doesn't exist.` });
}
