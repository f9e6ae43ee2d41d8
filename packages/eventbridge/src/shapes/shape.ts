import type { Shape, StructureShape } from '@interstate/service-kit';

type Members = StructureShape['members'];

export const structure = (members: Members, name?: string): StructureShape => ({ type: 'structure', members, ...(name !== undefined && { name }) });
export const text = (min?: number, max?: number): { readonly type: 'string'; readonly min?: number; readonly max?: number } => ({
  type: 'string',
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
export const required = <T extends Shape>(shape: T): T & { readonly required: true } => ({ ...shape, required: true });
export const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', enum: values });

/** AWS holds a pattern against the whole text. `safe` stands for a pattern that takes exponential time. */
export const whole = (shown: RegExp, safe = shown): RegExp => Object.defineProperty(new RegExp(`^(?:${safe.source})$`, safe.flags), 'source', { value: shown.source });
