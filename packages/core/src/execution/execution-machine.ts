import type { Json, Machine, Message, RecordChange, Step, StepContext, TaskCheck } from '@interstate/kernel';
import type { HistoryEvent } from '../history/event.ts';
import type { Program } from '../program/program.ts';
import { executionChanges, executionRecords, loadExecution } from './checkpoint.ts';
import { Execution, type StartNotice } from './execution.ts';
import { startExecution, stepExecution } from './step.ts';
import type { Watcher } from './watched-run.ts';

export const EXECUTION_KIND = 'states:execution';

/**
 * The machine that runs one execution of a state machine. It is spawned with a `StartNotice`; its journal is the history.
 *
 * @param programOf the compiled program of an id named by a StartNotice
 * @param checkTask what is wrong with a Task's parameters, asked before the Task is scheduled
 * @param watcher is shown what executions do; without one, watching costs nothing
 */
export function executionMachine(programOf: (id: string) => Program, checkTask?: TaskCheck, watcher?: Watcher): Machine<Execution, HistoryEvent> {
  return {
    kind: EXECUTION_KIND,
    load: (records: ReadonlyMap<string, Json>): Execution => (records.size === 0 ? new Execution() : loadExecution(records, programOf)),
    step(execution: Execution, message: Message, context: StepContext): Step<HistoryEvent> {
      if (!execution.isStarted) {
        const start = startNotice(message);
        if (!start) return { effects: [], journal: [] };
        startExecution(execution, start, programOf(start.programId), context.now);
      }
      return stepExecution(execution, message, context, checkTask, watcher);
    },
    changes: (execution: Execution): RecordChange[] => (execution.isStarted ? executionChanges(execution) : []),
    records: (execution: Execution): ReadonlyMap<string, Json> => (execution.isStarted ? executionRecords(execution) : new Map()),
  };
}

function startNotice(message: Message): StartNotice | undefined {
  const notice = message.type === 'notice' ? (message.notice as unknown as StartNotice) : undefined;
  return notice?.type === 'start' ? notice : undefined;
}
