// The language: definitions and what is wrong with them.
export { defineStateMachine, type StateMachineDefinition } from './definition/state-machine.ts';
export { validateDefinition, type ValidateOptions, type ValidationResult } from './validation/validate.ts';
export { invalidDefinitionMessage, type Diagnostic } from './validation/diagnostic.ts';

// Running them: one machine an execution.
export { EXECUTION_KIND, executionMachine, type ExecutionSlot } from './execution/execution-machine.ts';
export { executionEnd } from './execution/execution-end.ts';
export type { Execution, ExecutionEnd, ExecutionStatus, StartNotice } from './execution/execution.ts';
export type { ExecutionNotice } from './execution/step.ts';
export { AWS_LIMITS, type ExecutionLimits } from './execution/limits.ts';
export { MAP_RUN_KIND, type MapRunStart } from './execution/map-run.ts';
export { openTaskTokens, runningFrames, type RunningFrame } from './execution/running-frames.ts';
export { mapRunFault, mapRunProcessor, selectMapRunItem } from './execution/item-selector.ts';
export { createProgramLibrary, type ProgramLibrary } from './program/library.ts';
export type { Program } from './program/program.ts';

// What an execution did.
export { detailsKey, type HistoryEvent, type HistoryEventDetails, type HistoryEventType } from './history/event.ts';
