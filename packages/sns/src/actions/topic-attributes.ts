import type { Json, JsonObject } from '@interstate/kernel';
import { archivePolicyChanged, archives } from '../archive.ts';
import { printTopicPolicy } from '../delivery/http-policy.ts';
import { snsFault } from '../errors.ts';
import { archivedMessage } from '../kept-messages.ts';
import { liveSubscription } from '../subscription.ts';
import { checkTopicAttribute, defaultPolicy } from '../topic-attributes.ts';
import { ATTRIBUTES, attributesOf, readAttributes, type TopicContext } from '../topic-state.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export function getTopicAttributes(context: TopicContext): Json {
  const { state, options, arn } = context;
  const { pending, subscriptions, root, http, archive } = state;
  const oldest = archive.length > 0 ? archivedMessage(context, archive[0]!) : undefined;
  return {
    Attributes: {
      Policy: defaultPolicy(arn, options.account),
      Owner: options.account,
      SubscriptionsPending: String(pending),
      TopicArn: arn,
      EffectiveDeliveryPolicy: printTopicPolicy(http),
      SubscriptionsConfirmed: String(subscriptions.size - pending),
      DisplayName: '',
      SubscriptionsDeleted: String(root.deleted),
      ...attributesOf(state),
      ...(archives(state) && { BeginningArchiveTime: new Date(oldest?.time ?? context.now).toISOString() }),
    },
  };
}

/** An empty value unsets. @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export function setTopicAttributes(context: TopicContext, input: JsonObject): Json {
  const { state } = context;
  const name = input['AttributeName'] as string;
  const value = (input['AttributeValue'] as string | undefined) ?? '';
  checkTopicAttribute(name, value, state.root.fifo);
  if (name === 'ArchivePolicy' && state.replaying.size > 0 && (value === '' || value === '{}')) {
    throw snsFault('InvalidStateException', { reason: 'Invalid state: The ArchivePolicy cannot be removed while messages are being replayed.' });
  }
  changeAttribute(context, name, value);
  return {};
}

/** Sets an attribute that has been checked, and works out what follows. */
export function changeAttribute(context: TopicContext, name: string, value: string): void {
  const { state } = context;
  const { [name]: _before, ...others } = attributesOf(state);
  state.records.set(ATTRIBUTES, value === '' ? others : { ...others, [name]: value });
  readAttributes(state);
  if (name === 'ArchivePolicy') archivePolicyChanged(context);
  if (name === 'DeliveryPolicy') for (const [number, { of }] of state.subscriptions) state.subscriptions.set(number, liveSubscription(of, state.http));
}
