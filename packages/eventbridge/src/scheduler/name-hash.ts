import { createRandom, nextUint32, seedFrom } from '@interstate/kernel';

/** What names are hashed with: nobody who does not know it can choose names that collide. */
export interface HashKey {
  readonly start: number;
  /** Odd. */
  readonly factor: number;
}

export function hashKeyOf(seed: readonly [number, number, number, number]): HashKey {
  const random = createRandom(seedFrom(seed, 'names'));
  return { start: nextUint32(random) | 0, factor: (nextUint32(random) & ~7) | 5 };
}

/** 32 bits for a name, over its UTF-16 units: like FNV-1a, with a start and a factor that are secret. */
export function nameHash(name: string, { start, factor }: HashKey): number {
  let hash = start;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), factor);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
