import { readRecordings } from './folder.ts';
import type { RecordedExecution } from './recorded/case.ts';
import { compareExecution, type Difference } from './recorded/compare-execution.ts';
import { runRecorded } from './recorded/run-recorded.ts';
import { runChecks, type Miss, type Suite, type SuiteOptions, type SuiteResult } from './suite.ts';

/** Executions recorded with their history: status, output, error, cause and the whole history. */
export const executionsHistory: Suite = suiteOf('executions-history', ({ history }) => history !== null);

/** Executions of which only the end was recorded. */
export const executionsOutput: Suite = suiteOf('executions-output', ({ history }) => history === null);

function suiteOf(id: string, takes: (recorded: RecordedExecution) => boolean): Suite {
  return {
    id,
    async run(folder, options) {
      const recorded = readExecutions(folder)?.filter(takes);
      return recorded === undefined || recorded.length === 0 ? undefined : runExecutions(id, recorded, options);
    },
  };
}

/** Every recorded execution, without those that the folder itself calls unresolved: they cannot be run. */
export function readExecutions(folder: string): RecordedExecution[] | undefined {
  return readRecordings(folder)?.filter((one): one is RecordedExecution => one.kind === 'execution' && (one as RecordedExecution).unresolved === undefined);
}

async function runExecutions(suite: string, recorded: readonly RecordedExecution[], options: SuiteOptions): Promise<SuiteResult> {
  const rules = new Map<string, string>();
  const check = async (one: RecordedExecution): Promise<string | undefined> => {
    const difference: Difference | undefined = compareExecution(one, await runRecorded(one, options.host));
    if (difference !== undefined) rules.set(one.id, difference.rule);
    return difference?.reason;
  };
  const result = await runChecks(suite, recorded.map((one) => ({ id: one.id, rule: 'failed to run', check: () => check(one) })), options);
  return { ...result, misses: result.misses.map((miss): Miss => ({ ...miss, rule: rules.get(miss.id) ?? miss.rule })) };
}
