import type { Json, JsonObject } from '@interstate/kernel';
import { notFound } from '../../errors.ts';
import { keepTags, addTags, tagsOf, type Tag } from '../../tags.ts';
import type { BusContext } from '../bus-context.ts';
import { refuseManaged } from '../rules.ts';

/** Tags of the bus and of its rules. */
export function tagResource(context: BusContext, input: JsonObject): Json {
  addTags(context, changeable(context, input), input['Tags'] as unknown as readonly Tag[]);
  return {};
}

export function untagResource(context: BusContext, input: JsonObject): Json {
  const arn = changeable(context, input);
  const keys = new Set(input['TagKeys'] as readonly string[]);
  keepTags(context.state, arn, tagsOf(context.state, arn).filter(({ Key }) => !keys.has(Key)));
  return {};
}

export function listTagsForResource(context: BusContext, input: JsonObject): Json {
  return { Tags: tagsOf(context.state, resourceOf(context, input)) as unknown as Json };
}

/** @throws ServiceFault where it is a rule of a service's own */
function changeable(context: BusContext, input: JsonObject): string {
  const arn = resourceOf(context, input);
  const rule = context.state.rules.get(arn.slice(arn.lastIndexOf('/') + 1))?.record;
  if (rule?.arn === arn) refuseManaged(rule);
  return arn;
}

function resourceOf({ bus, state }: BusContext, input: JsonObject): string {
  const arn = input['ResourceARN'] as string;
  if (arn === bus.arn) return arn;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  if (state.rules.get(name)?.record.arn !== arn) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return arn;
}
