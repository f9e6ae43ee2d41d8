import type { Json, Machine, Message, RecordChange, Step, StepContext, TaskCheck } from '@interstate/kernel';
import type { HistoryEvent } from '../history/event.ts';
import type { Program } from '../program/program.ts';
import { executionChanges, executionRecords, loadExecution } from './checkpoint.ts';
import type { Execution, StartNotice } from './execution.ts';
import { startExecution, stepExecution } from './step.ts';

/** A machine's state: the execution, once it has been started. */
export interface ExecutionSlot {
  execution: Execution | null;
}

export const EXECUTION_KIND = 'states:execution';

/**
 * The machine that runs one execution of a state machine. It is spawned with a `StartNotice`; its journal is the history.
 *
 * @param programOf the compiled program of an id named by a StartNotice
 * @param checkTask what is wrong with a Task's parameters, asked before the Task is scheduled
 */
export function executionMachine(programOf: (id: string) => Program, checkTask?: TaskCheck): Machine<ExecutionSlot, HistoryEvent> {
  return {
    kind: EXECUTION_KIND,
    load: (records: ReadonlyMap<string, Json>): ExecutionSlot => ({
      execution: records.size === 0 ? null : loadExecution(records, programOf),
    }),
    step(slot: ExecutionSlot, message: Message, context: StepContext): Step<HistoryEvent> {
      if (slot.execution === null) {
        const start = startNotice(message);
        if (!start) return { effects: [], journal: [] };
        slot.execution = startExecution(start, programOf(start.programId), context.now);
      }
      return stepExecution(slot.execution, message, context, checkTask);
    },
    changes: (slot: ExecutionSlot): RecordChange[] => (slot.execution ? executionChanges(slot.execution) : []),
    records: (slot: ExecutionSlot): ReadonlyMap<string, Json> => (slot.execution ? executionRecords(slot.execution) : new Map()),
  };
}

function startNotice(message: Message): StartNotice | undefined {
  const notice = message.type === 'notice' ? (message.notice as unknown as StartNotice) : undefined;
  return notice?.type === 'start' ? notice : undefined;
}
