import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import type { Shape } from '@interstate/service-kit';

/** A copy of what a shape names, and of nothing else: the application keeps no hold of it. @param value of that shape */
export function picked(shape: Shape, value: Json): Json {
  if (shape.type === 'list') return (value as readonly Json[]).map((item) => picked(shape.member, item));
  if (shape.type !== 'structure' && shape.type !== 'map') return value;
  const copy: Record<string, Json> = {};
  const given = value as JsonObject;
  for (const name of Object.keys(given)) {
    const member = shape.type === 'map' ? shape.value : Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member && given[name] !== null) setJsonKey(copy, name, picked(member, given[name]!));
  }
  return copy;
}
