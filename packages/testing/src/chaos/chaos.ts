import { observe } from '../matchers/observed-execution.ts';
import { said } from '../matchers/outcome.ts';
import { runOnce, type ChaosRun, type RunSettings } from './chaos-run.ts';
import type { Fault } from './fault.ts';
import { drawFaults, minimise, singleFaults } from './fault-plan.ts';
import { faultText } from './fault-text.ts';
import { PROPERTIES, type Finding } from './properties.ts';
import { startedOnce, type Application, type DefinitionScenario } from './scenario.ts';
import { StateIndex } from './state-index.ts';

interface CommonOptions extends Omit<RunSettings, 'application'> {
  /** Seeds of random runs, after every single fault has been tried. Default 1…50. */
  readonly seeds?: { readonly from: number; readonly to: number };
  /** Runs at most. Default 2,000. */
  readonly maxRuns?: number;
  /** What must hold besides what always must: throws, or gives a text, where it does not. */
  readonly properties?: Readonly<Record<string, (run: ChaosRun) => string | undefined | void>>;
  /** Told after each run. */
  readonly progress?: (runs: number, found: number) => void;
}

/** One state machine, or an application of any parts. */
export type ChaosOptions = CommonOptions & (DefinitionScenario | { readonly application: Application });

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
  /** What else is handed on in it: messages, events, calls of functions. */
  readonly handOvers: number;
  /** Of one state machine: how its execution fails without any fault; what lies behind that is not shaken. Undefined where it succeeds. */
  readonly baselineFailure: string | undefined;
}

/**
 * Runs a state machine or an application over and over, each time with other faults where the real world has them, and tells what does not
 * hold: first every single fault (each error that integrations are documented with, each error a state names, lost answers, duplicates,
 * late and overtaken messages, workers that die), then several at once, drawn from seeds. Equal options give equal reports.
 * @throws what the application throws without any fault
 */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seeds = { from: 1, to: 50 }, maxRuns = 2000, progress, properties = {} } = options;
  const application = 'application' in options ? options.application : startedOnce(options);
  const subject = 'application' in options ? 'the application' : 'the execution';
  const states = new StateIndex();
  const findings = new Map<string, ChaosFinding>();
  let runs = 0;
  const run = async (faults: readonly Fault[]): Promise<ChaosRun> => {
    runs++;
    const result = await runOnce({ ...options, application }, faults, states);
    progress?.(runs, findings.size);
    return result;
  };
  const baseline = await run([]);
  if (baseline.problem) throw baseline.problem;
  const look = (result: ChaosRun): Finding[] => findingsOf(result, baseline, states, properties);
  const keep = (finding: Finding, { faults, opportunities }: ChaosRun, seed: number | undefined): void => {
    const story = [...faults.map((fault) => faultText(fault, opportunities[fault.at]!)), `${finding.state === '' ? subject : `'${finding.state}'`} ${finding.message}`];
    findings.set(keyOf(finding), { ...finding, faults, story, seed });
  };
  for (const finding of look(baseline)) keep(finding, baseline, undefined);
  for (const fault of singleFaults(baseline.opportunities)) {
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
        const other = await run(fewer);
        return look(other).some((found) => keyOf(found) === keyOf(finding)) ? other : undefined;
      });
      keep(finding, shortest ?? result, seed);
    }
  }
  const attempts = baseline.opportunities.filter(({ type }) => type === 'task').length;
  return { findings: [...findings.values()], runs, attempts, handOvers: baseline.opportunities.length - attempts, baselineFailure: 'application' in options ? undefined : failureOf(baseline) };
}

function failureOf({ execution }: ChaosRun): string | undefined {
  return execution === undefined || execution.status === 'SUCCEEDED' ? undefined : said(observe(execution));
}

function findingsOf(run: ChaosRun, baseline: ChaosRun, states: StateIndex, own: NonNullable<ChaosOptions['properties']>): Finding[] {
  const found = PROPERTIES.map((property) => property(run, baseline, states)).filter((finding) => finding !== undefined);
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
  return property === 'handlesErrors' ? `${property} ${state} ${message}` : `${property} ${state}`;
}
