import type { Probe, ProbeOf } from '@interstate/core';
import { isJsonObject, type JsonObject } from '@interstate/kernel';
import type { Interceptor } from '@interstate/runtime';
import { mergeCoverage, type CoverageData } from './coverage-data.ts';

/** Counts what runs of definitions, in as many clouds as share it. */
export interface Coverage {
  /** Unlike that of any other: for the name of a file. */
  readonly id: string;
  /** What ran so far. */
  data(): CoverageData;
  /** Makes the parts that one cloud is given. */
  parts(): CoverageParts;
}

/** How coverage gets into a cloud: as options of `createCloud`. */
export interface CoverageParts {
  readonly probeOf: ProbeOf;
  /** Hears the names of the state machines that run. */
  readonly interceptor: Interceptor;
}

interface Counted {
  readonly definition: JsonObject;
  readonly counts: Map<string, Counter>;
  name: string | undefined;
}

interface Counter {
  count: number;
}

export function createCoverage(): Coverage {
  const definitions = new Map<string, Counted>();
  const countedOf = (definition: JsonObject): Counted => {
    const key = JSON.stringify(definition);
    const counted = definitions.get(key) ?? { definition, counts: new Map(), name: undefined };
    definitions.set(key, counted);
    return counted;
  };
  return {
    id: crypto.randomUUID(),
    data: () => mergeCoverage({ version: 1, definitions: [...definitions.values()].map(({ definition, counts, name }) => ({ definition, counts: countsOf(counts), ...(name !== undefined && { name }) })) }),
    parts() {
      const byId = new Map<string, Counted>();
      return {
        probeOf(definition, id) {
          const counted = countedOf(definition);
          byId.set(id, counted);
          return probeInto(counted.counts);
        },
        interceptor(passage, next) {
          if (passage.type === 'message' && passage.message.type === 'notice') {
            const { notice } = passage.message;
            if (isJsonObject(notice) && notice['type'] === 'start' && typeof notice['programId'] === 'string') name(byId.get(notice['programId']), notice['stateMachineArn']);
          }
          next(passage);
        },
      };
    },
  };
}

function probeInto(counts: Map<string, Counter>): Probe {
  return (_kind, pointer) => {
    const counter = counts.get(pointer) ?? { count: 0 };
    counts.set(pointer, counter);
    return () => void counter.count++;
  };
}

function countsOf(counts: ReadonlyMap<string, Counter>): Record<string, number> {
  return Object.fromEntries([...counts].map(([pointer, { count }]) => [pointer, count]));
}

function name(counted: Counted | undefined, stateMachineArn: unknown): void {
  if (!counted || typeof stateMachineArn !== 'string') return;
  const found = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  if (counted.name === undefined || found < counted.name) counted.name = found;
}
