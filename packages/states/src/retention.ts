import type { ActionContext } from './action.ts';
import { forgetRevisions } from './actions/delete-state-machine.ts';
import type { ExecutionRecord } from './directory-state.ts';
import { executionRecord } from './executions.ts';
import { forgetMachines } from './host-door.ts';
import { forgetMapRuns } from './map-run/registry.ts';

/** Key of the one timer that forgets executions past their retention. */
export const RETENTION_TIMER = 'retention';

const MINUTE_MS = 60_000;
/** Executions forgotten in one step. */
const SWEEP = 1000;

/** Keeps an ended execution until its retention is over: 90 days for Standard ones. */
export function retain(context: ActionContext, executionArn: string, { express }: ExecutionRecord): void {
  const { ended } = context.state.index;
  const queue = ended[express ? 'EXPRESS' : 'STANDARD'];
  // An Express execution is the first to go even when a Standard one waits already.
  const sets = queue.isEmpty && (express === true || ended.EXPRESS.isEmpty);
  queue.push(executionArn);
  if (sets) setTimer(context);
}

/** Forgets what is past its retention, a thousand at a time; then waits for the next. */
export function sweep(context: ActionContext): void {
  const { state, now } = context;
  const { index } = state;
  const gone: string[] = [];
  for (const queue of [index.ended.STANDARD, index.ended.EXPRESS]) {
    for (let executionArn = queue.first(); executionArn !== undefined && gone.length < SWEEP; executionArn = queue.first()) {
      const again = index.redriven.get(executionArn);
      const record = executionRecord(state, executionArn)!;
      if (again === undefined && keptUntil(context, record) > now) break;
      queue.shift();
      if (again !== undefined) {
        // It stands in the queue once more, further back or once it has ended again.
        if (again === 1) index.redriven.delete(executionArn);
        else index.redriven.set(executionArn, again - 1);
        continue;
      }
      gone.push(executionArn);
      if (!record.express) index.of(record.stateMachineArn).executions.remove(record);
      state.records.delete(executionArn);
      for (const token of index.tokens.get(executionArn) ?? []) state.records.delete(`token:${token}`);
      index.tokens.delete(executionArn);
      forgetMapRuns(context, executionArn);
      forgetRevisions(state, record.stateMachineArn);
    }
  }
  if (gone.length > 0) forgetMachines(context, gone);
  setTimer(context);
}

function keptUntil({ limits }: ActionContext, { stopTime = 0, express }: ExecutionRecord): number {
  return stopTime + (express ? limits.expressRetentionMinutes * MINUTE_MS : limits.retentionDays * 86_400_000);
}

function setTimer(context: ActionContext): void {
  const { ended } = context.state.index;
  const times = [ended.STANDARD.first(), ended.EXPRESS.first()].flatMap((executionArn) =>
    executionArn === undefined ? [] : keptUntil(context, executionRecord(context.state, executionArn)!),
  );
  if (times.length === 0) return;
  // A minute's worth goes at once: thousands that ended in the same minute need not thousands of timers.
  const at = Math.max(Math.ceil(Math.min(...times) / MINUTE_MS) * MINUTE_MS, context.now);
  context.effects.push({ type: 'timer', key: RETENTION_TIMER, at, housekeeping: true });
}
