import type { Address } from '@interstate/kernel';
import { MemoryStore, type Transaction } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

interface Commit {
  readonly address: Address;
  readonly kind: string;
  readonly records: number;
  readonly bookkeeping: number;
}

class MeasuringStore extends MemoryStore {
  readonly commits: Commit[] = [];

  override commit(transaction: Transaction): void {
    super.commit(transaction);
    const { address, kind, bookkeeping } = transaction;
    this.commits.push({ address, kind, records: this.lastCommitBytes, bookkeeping: JSON.stringify(bookkeeping).length });
  }
}

async function mapCommits(items: number, mode: 'INLINE' | 'DISTRIBUTED', concurrency: number): Promise<readonly Commit[]> {
  const store = new MeasuringStore();
  const cloud = createCloud({ clock: 'virtual', seed: 1, store, functions: { work: () => 'done' }, limits: { historyEvents: 1_000_000, payloadBytes: 100_000_000 } });
  const definition = {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ...(mode === 'DISTRIBUTED' && { Label: 'L' }),
        MaxConcurrency: concurrency,
        ItemProcessor: {
          ...(mode === 'DISTRIBUTED' && { ProcessorConfig: { Mode: mode, ExecutionType: 'STANDARD' } }),
          StartAt: 'T',
          States: { T: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:work', End: true } },
        },
        End: true,
      },
    },
  };
  const { status } = await cloud.run(definition, Array.from({ length: items }, (_, index) => ({ index })));
  expect(status).toBe('SUCCEEDED');
  return store.commits;
}

/** The most bytes of a commit, the largest few left out: items are written once, and so is the output that holds all results. */
function most(commits: readonly Commit[], of: 'records' | 'bookkeeping', leftOut: number): number {
  return commits.map((commit) => commit[of]).sort((a, b) => b - a)[leftOut]!;
}

describe('bytes saved per step stay flat from 10 to 3,000 items', () => {
  it('of an inline Map', async () => {
    const [few, many] = [await mapCommits(10, 'INLINE', 5), await mapCommits(3000, 'INLINE', 5)];
    const [small, large] = [few, many].map((commits) => commits.filter(({ kind }) => kind === 'states:execution'));
    expect(large!.length).toBeGreaterThan(3000);
    // Left out: the step that takes the items, and the one that ends with the results.
    expect(most(large!, 'records', 2)).toBeLessThan(most(small!, 'records', 2) * 1.2);
    expect(most(large!, 'bookkeeping', 0)).toBeLessThan(most(small!, 'bookkeeping', 0) * 1.5);
  });

  it('of a distributed Map: the Map run, and its children', async () => {
    // The Map run holds a page of items, so there is a page in both runs.
    const [few, many] = [await mapCommits(200, 'DISTRIBUTED', 5), await mapCommits(3000, 'DISTRIBUTED', 5)];
    const runs = (commits: readonly Commit[]): Commit[] => commits.filter(({ kind }) => kind === 'states:mapRun');
    expect(runs(many).length).toBeGreaterThan(3000);
    expect(most(runs(many), 'records', 2)).toBeLessThan(most(runs(few), 'records', 2) * 1.2);
    expect(most(runs(many), 'bookkeeping', 0)).toBeLessThan(most(runs(few), 'bookkeeping', 0) * 1.2);
    const children = (commits: readonly Commit[]): Commit[] => commits.filter(({ address }) => address.includes('/L:') && address.includes(':execution:'));
    expect(most(children(many), 'records', 0)).toBeLessThan(most(children(few), 'records', 0) * 1.2);
  });
});
