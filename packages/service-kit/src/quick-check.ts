import type { JsonObject } from '@interstate/kernel';
import type { StructureShape } from './request-validation.ts';

interface TextMember {
  readonly name: string;
  readonly required: boolean;
  readonly min: number;
  readonly max: number;
}

/**
 * Sees quickly that a request is as its shape wants it, where that asks for texts of certain lengths only. False says nothing:
 * `validateRequest` then tells what is wrong, if anything is.
 */
export type QuickCheck = (input: JsonObject) => boolean;

/** Undefined for members that take a closer look. */
export function quickCheck({ members }: StructureShape): QuickCheck {
  const texts: TextMember[] = [];
  const others: string[] = [];
  for (const [name, member] of Object.entries(members)) {
    if (member.type === 'string' && !member.pattern && !member.enum) texts.push({ name, required: member.required === true, min: member.min ?? 0, max: member.max ?? Infinity });
    else if (member.required) return () => false;
    else others.push(name);
  }
  return (input) => {
    for (let index = 0; index < texts.length; index++) {
      const { name, required, min, max } = texts[index]!;
      const value = input[name];
      if (value === undefined ? required : typeof value !== 'string' || value.length < min || value.length > max) return false;
    }
    for (let index = 0; index < others.length; index++) if (input[others[index]!] !== undefined) return false;
    return true;
  };
}
