import type { MessageContent } from '../message.ts';
import type { TopicContext } from '../topic-state.ts';

/** The message as the topic's data-protection policy leaves it. */
export function protect(_context: TopicContext, message: MessageContent): MessageContent {
  return message;
}
