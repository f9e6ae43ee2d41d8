import { isJsonObject, type Json } from '@interstate/kernel';
import type { Shape, StructureShape } from './request-validation.ts';

/**
 * Sees quickly that a request is as its shape wants it. False says nothing: `validateRequest` then tells what is wrong, if anything
 * is (a member that is null counts as absent, say).
 */
export type QuickCheck = (input: Json) => boolean;

const NOTHING = Symbol('nothing');

/** Compiles a shape that does not hold itself; such a one is always looked at more closely. */
export function quickCheck(shape: StructureShape): QuickCheck {
  return isRecursive(shape, []) ? () => false : compile(shape);
}

function compile(shape: Shape): QuickCheck {
  switch (shape.type) {
    case 'string': {
      const { min = 0, max = Infinity, pattern, enum: values } = shape;
      if (values) return (value) => values.includes(value as string);
      const fits: QuickCheck = (value) => typeof value === 'string' && value.length >= min && value.length <= max;
      if (!pattern) return fits;
      // What comes again and again is looked at once.
      let last: unknown = NOTHING;
      return (value) => {
        if (value === last) return true;
        const looksRight = fits(value) && pattern.test(value as string);
        if (looksRight) last = value;
        return looksRight;
      };
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
      const members = new Map(Object.entries(shape.members).map(([name, member]) => [name, { isRequired: member.required === true, looksRight: compile(member) }]));
      const required = Object.values(shape.members).filter((member) => member.required).length;
      return (value) => {
        if (!isJsonObject(value)) return false;
        let missing = required;
        // Requests name few of the members there are.
        for (const name in value) {
          const known = members.get(name);
          const member = value[name];
          if (known === undefined || member === undefined) continue;
          if (!known.looksRight(member)) return false;
          if (known.isRequired) missing--;
        }
        return missing === 0;
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
