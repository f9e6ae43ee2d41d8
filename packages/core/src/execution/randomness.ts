import { createRandom, type Crypto } from '@interstate/kernel';
import type { Chance, Execution } from './execution.ts';

/**
 * The execution's own generator, started when first asked for: most executions never are. Its seed is a hash of the
 * spawner's seed and the execution's ARN, so that what one execution shows of its numbers tells nothing of another's.
 */
export function chanceOf(execution: Execution, crypto: Crypto): Chance {
  if (execution.chance === null) {
    const { seed, executionArn } = execution.start;
    const hash = crypto.hash('SHA-256', `${seed.join(',')}\n${executionArn}`);
    const word = (index: number): number => parseInt(hash.slice(index * 8, index * 8 + 8), 16);
    execution.chance = { random: createRandom([word(0), word(1), word(2), word(3)]), tokenKey: '' };
  }
  return execution.chance;
}
