import type { Json, JsonObject } from '@interstate/kernel';
import type { DirectoryState } from '../directory-state.ts';
import { FORGET } from '../lifecycle.ts';

export function deleteQueue(state: DirectoryState, input: JsonObject): Json | undefined {
  const { name, arn } = state.named(input);
  state.remove(name);
  return state.ask(arn, FORGET, {});
}
