import { createRandom, nextRandom, nextUint32, type Json, type JsonObject, type RandomState } from '@interstate/kernel';
import type { CloudOptions } from 'interstate';
import { testCloud, type TestCloud } from '../test-cloud.ts';
import { faultText, type Fault, type Opportunity } from './fault.ts';
import { createInjector } from './injector.ts';
import { PROPERTIES, type ChaosRun, type Finding, type Property } from './properties.ts';
import { indexStates, type StateIndex } from './state-index.ts';

export interface ChaosOptions {
  readonly definition: JsonObject;
  readonly input?: Json;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly functions?: CloudOptions['functions'];
  /** Prepares each cloud: queues, mocks of what is not local. */
  readonly prepare?: (cloud: TestCloud) => void | Promise<void>;
  /** Seeds of random runs, after every single fault has been tried. Default 1…50. */
  readonly seeds?: { readonly from: number; readonly to: number };
  /** Runs at most. Default 2,000. */
  readonly maxRuns?: number;
  /** What must hold besides what always must: throws, or gives a text, where it does not. */
  readonly properties?: Readonly<Record<string, (run: ChaosRun) => string | undefined | void>>;
  /** Told after each run. */
  readonly progress?: (runs: number, found: number) => void;
}

/** What chaos found, with the shortest story that shows it. */
export interface ChaosFinding extends Finding {
  readonly faults: readonly Fault[];
  readonly story: readonly string[];
  /** The seed of the run that came upon it; undefined where a single fault did. */
  readonly seed: number | undefined;
}

export interface ChaosReport {
  readonly findings: readonly ChaosFinding[];
  readonly runs: number;
  /** Task attempts of a run without faults. */
  readonly attempts: number;
}

/**
 * Runs a state machine over and over, each time with other faults where the real world has them, and tells what does not hold:
 * first every single fault (each error its integrations are documented with, each error the state names, a lost answer, no answer), then
 * several at once, drawn from seeds. Equal options give equal reports.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const { definition, seeds = { from: 1, to: 50 }, maxRuns = 2000, progress } = options;
  const states = indexStates(definition);
  const findings = new Map<string, ChaosFinding>();
  let runs = 0;
  const run = async (faults: readonly Fault[]): Promise<ChaosRun> => {
    runs++;
    const result = await runOnce(options, faults, states);
    progress?.(runs, findings.size);
    return result;
  };
  const baseline = await run([]);
  const look = (result: ChaosRun): Finding[] => findingsOf(result, baseline, states, options.properties ?? {});
  const keep = (finding: Finding, { faults, opportunities }: ChaosRun, seed: number | undefined): void => {
    // Those that came to pass: a run may end before.
    const befell = faults.filter(({ attempt }) => attempt < opportunities.length);
    const story = [...befell.map((fault) => faultText(fault, opportunities[fault.attempt]!)), `${finding.state === '' ? 'the execution' : `'${finding.state}'`} ${finding.message}`];
    findings.set(keyOf(finding), { ...finding, faults: befell, story, seed });
  };
  if (baseline.problem && baseline.problem.name !== 'StuckExecutionError') throw baseline.problem;
  for (const finding of look(baseline)) keep(finding, baseline, undefined);
  for (const fault of baseline.opportunities.flatMap(singleFaults)) {
    if (runs >= maxRuns) break;
    const result = await run([fault]);
    for (const finding of look(result)) if (!findings.has(keyOf(finding))) keep(finding, result, undefined);
  }
  for (let seed = seeds.from; seed <= seeds.to && runs < maxRuns; seed++) {
    const faults = drawFaults(baseline.opportunities, seed);
    if (faults.length < 2) continue;
    const result = await run(faults);
    for (const finding of look(result)) {
      if (findings.has(keyOf(finding))) continue;
      const shortest = await minimise(faults, async (fewer) => {
        const again = await run(fewer);
        return look(again).some((other) => keyOf(other) === keyOf(finding)) ? again : undefined;
      });
      keep(finding, shortest ?? result, seed);
    }
  }
  return { findings: [...findings.values()], runs, attempts: baseline.opportunities.length };
}

async function runOnce({ definition, input = {}, type, functions, prepare }: ChaosOptions, faults: readonly Fault[], states: StateIndex): Promise<ChaosRun> {
  const injector = createInjector(faults, states);
  const cloud = testCloud({ ...(functions && { functions }), interceptors: [injector.interceptor], adapters: [injector.adapter], warn: () => undefined });
  const { opportunities, done } = injector;
  try {
    await prepare?.(cloud);
    const machine = await cloud.states.create({ definition, ...(type && { type }) });
    const execution = await (await machine.start(input)).result();
    return { faults, opportunities, done, execution, problem: undefined };
  } catch (error) {
    return { faults, opportunities, done, execution: undefined, problem: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    cloud.close();
  }
}

function findingsOf(run: ChaosRun, baseline: ChaosRun, states: StateIndex, own: NonNullable<ChaosOptions['properties']>): Finding[] {
  const found = PROPERTIES.map((property: Property) => property(run, baseline, states)).filter((finding) => finding !== undefined);
  for (const [property, holds] of Object.entries(own)) {
    const message = messageOf(holds, run);
    if (message !== undefined) found.push({ property, state: '', message });
  }
  return found;
}

function messageOf(holds: (run: ChaosRun) => string | undefined | void, run: ChaosRun): string | undefined {
  try {
    return holds(run) ?? undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function keyOf({ property, state, message }: Finding): string {
  return property === 'handlesErrors' || property === 'ends' ? `${property} ${state} ${message}` : `${property} ${state}`;
}

/** Every fault that can be put into a Task attempt. */
function singleFaults({ attempt, errors, named, isLong }: Opportunity): Fault[] {
  return [
    ...[...errors, ...named].map((error): Fault => ({ attempt, kind: 'error', error })),
    { attempt, kind: 'answerLost', error: errors[0] },
    { attempt, kind: 'failing', error: errors[0] },
    ...named.map((error): Fault => ({ attempt, kind: 'failing', error })),
    ...(isLong ? [{ attempt, kind: 'unanswered', error: undefined } as const] : []),
  ];
}

/** Two to four faults, the same for the same seed. */
function drawFaults(opportunities: readonly Opportunity[], seed: number): Fault[] {
  const random: RandomState = createRandom([seed, 0x9e3779b9, 0x243f6a88, opportunities.length]);
  const count = 2 + (nextUint32(random) % 3);
  const chosen = new Map<number, Fault>();
  for (let index = 0; index < count && opportunities.length > 0; index++) {
    // A retry adds attempts: faults may be put a little behind those that were seen.
    const attempt = Math.floor(nextRandom(random) * (opportunities.length + 2));
    const faults = singleFaults(opportunities[Math.min(attempt, opportunities.length - 1)]!);
    chosen.set(attempt, { ...faults[Math.floor(nextRandom(random) * faults.length)]!, attempt });
  }
  return [...chosen.values()].sort((a, b) => a.attempt - b.attempt);
}

/** Leaves faults out, one after another, as long as the rest shows the same. */
async function minimise(faults: readonly Fault[], shows: (fewer: readonly Fault[]) => Promise<ChaosRun | undefined>): Promise<ChaosRun | undefined> {
  let shortest: ChaosRun | undefined;
  let rest = faults;
  for (const fault of faults) {
    const fewer = rest.filter((other) => other !== fault);
    const run = fewer.length > 0 ? await shows(fewer) : undefined;
    if (!run) continue;
    rest = fewer;
    shortest = run;
  }
  return shortest;
}
