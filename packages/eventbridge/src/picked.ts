import { setJsonKey, type Json, type JsonObject } from '@interstate/kernel';
import type { Shape, StructureShape } from '@interstate/service-kit';

/** A copy of what a shape names, and of nothing else: the application keeps no hold of it. @param value of that shape */
export function picked(shape: Shape, value: Json): Json {
  if (shape.type === 'list') return (value as readonly Json[]).map((item) => picked(shape.member, item));
  if (shape.type !== 'structure' && shape.type !== 'map') return value;
  const given = value as JsonObject;
  if (shape.type === 'structure' && isFlat(shape, given)) return { ...given };
  const copy: Record<string, Json> = {};
  for (const name of Object.keys(given)) {
    const member = shape.type === 'map' ? shape.value : Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member && given[name] !== null) setJsonKey(copy, name, picked(member, given[name]!));
  }
  return copy;
}

/** Whether all that is given is named, and nothing of it has members of its own. */
function isFlat({ members }: StructureShape, given: JsonObject): boolean {
  for (const name in given) if (typeof given[name] === 'object' || !Object.hasOwn(members, name)) return false;
  return true;
}
