import { isJsonObject, type Json } from '@interstate/kernel';
import type { Shape, StructureShape } from './request-validation.ts';

/**
 * Sees quickly that a request is as its shape wants it. False says nothing: `validateRequest` then tells what is wrong, if anything
 * is (a member that is null counts as absent, say).
 */
export type QuickCheck = (input: Json) => boolean;

/** Compiles a shape that does not hold itself; such a one is always looked at more closely. */
export function quickCheck(shape: StructureShape): QuickCheck {
  return isRecursive(shape, []) ? () => false : compile(shape);
}

function compile(shape: Shape): QuickCheck {
  switch (shape.type) {
    case 'string': {
      const { min = 0, max = Infinity, pattern, enum: values } = shape;
      const fits: QuickCheck = (value) => typeof value === 'string' && value.length >= min && value.length <= max;
      if (values) return (value) => values.includes(value as string);
      return pattern ? (value) => fits(value) && pattern.test(value as string) : fits;
    }
    case 'integer':
    case 'number': {
      const { min = -Infinity, max = Infinity } = shape;
      const isWhole = shape.type === 'integer';
      return (value) => typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
    }
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'json':
      return () => true;
    case 'list': {
      const { min = 0, max = Infinity } = shape;
      const looksRight = compile(shape.member);
      return (value) => Array.isArray(value) && value.length >= min && value.length <= max && (value as Json[]).every(looksRight);
    }
    case 'map': {
      const { min = 0, max = Infinity } = shape;
      const looksRight = compile(shape.value);
      return (value) => {
        if (!isJsonObject(value)) return false;
        const values = Object.values(value);
        return values.length >= min && values.length <= max && values.every(looksRight);
      };
    }
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, member]) => ({ name, required: member.required === true, looksRight: compile(member) }));
      return (value) => {
        if (!isJsonObject(value)) return false;
        for (let index = 0; index < members.length; index++) {
          const { name, required, looksRight } = members[index]!;
          const member = value[name];
          if (member === undefined ? required : !looksRight(member)) return false;
        }
        return true;
      };
    }
  }
}

function isRecursive(shape: Shape, around: readonly Shape[]): boolean {
  if (around.includes(shape)) return true;
  const within = [...around, shape];
  if (shape.type === 'list') return isRecursive(shape.member, within);
  if (shape.type === 'map') return isRecursive(shape.value, within);
  return shape.type === 'structure' && Object.values(shape.members).some((member) => isRecursive(member, within));
}
