import type { Json, JsonObject } from '@interstate/kernel';
import type { GroupContext } from '../group-context.ts';
import { removeSchedule } from '../group-state.ts';
import { assertThere, isTokenOfDeletion, rememberDeletion } from '../group-rules.ts';

/** Invocations under way go on. @throws ServiceFault ResourceNotFoundException, ValidationException */
export function deleteSchedule(context: GroupContext, input: JsonObject): Json {
  assertThere(context);
  const { Name: name, ClientToken: token } = input as { Name: string; ClientToken?: string };
  if (!context.state.schedules.has(name) && isTokenOfDeletion(context, name, token)) return {};
  context.schedule(name);
  removeSchedule(context.state, name);
  rememberDeletion(context, name, token);
  return {};
}
