// The language: definitions and what is wrong with them.
export type { StateMachineDefinition } from './definition/state-machine.ts';

// Running them: one machine an execution.
export { EXECUTION_KIND, executionMachine, type ExecutionSlot } from './execution/execution-machine.ts';
export type { ExecutionEnd, ExecutionStatus, StartNotice } from './execution/execution.ts';
export type { ExecutionNotice } from './execution/step.ts';
export { AWS_LIMITS, type ExecutionLimits } from './execution/limits.ts';
export { MAP_RUN_KIND, type MapRunStart } from './execution/map-run.ts';
export { createProgramLibrary, type ProgramLibrary } from './program/library.ts';

// What an execution did.
export { detailsKey, type HistoryEvent, type HistoryEventDetails, type HistoryEventType } from './history/event.ts';
