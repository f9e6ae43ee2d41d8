// The language: definitions and what is wrong with them.
export { defineStateMachine, type StateMachineDefinition } from './definition/state-machine.ts';
export { validateDefinition, type ValidateOptions, type ValidationResult } from './validation/validate.ts';
export { invalidDefinitionMessage, type Diagnostic } from './validation/diagnostic.ts';
export { findJsonTextFault, type JsonTextFault } from './validation/json-text.ts';

// Running them: one machine an execution.
export { EXECUTION_KIND, executionMachine } from './execution/execution-machine.ts';
export { redriveStatusOf, type RedriveFacts, type RedriveStatus } from './execution/redrive-status.ts';
export type { Watcher } from './execution/watched-run.ts';
export type { Frame } from './execution/frame.ts';
export { executionEnd } from './execution/execution-end.ts';
export type { Execution, ExecutionEnd, ExecutionRedriven, ExecutionStatus, StartNotice } from './execution/execution.ts';
export type { ExecutionNotice } from './execution/step.ts';
export { AWS_LIMITS, type ExecutionLimits } from './execution/limits.ts';
export { MAP_RUN_KIND, type MapRunStart } from './execution/map-run.ts';
export { openTaskTokens, runningFrames, type RunningFrame } from './execution/running-frames.ts';
export { mapRunFault, mapRunProcessor, selectMapRunItem } from './execution/item-selector.ts';
export { createProgramLibrary, type ProbeOf, type ProgramLibrary } from './program/library.ts';
export type { Program, State } from './program/program.ts';

// What of a definition can run, and who is told when it does.
export { listPoints, type Point } from './program/points.ts';
export type { PointKind, Probe, Tally } from './program/site.ts';

// TypeScript types of a definition.
export { writeTypes } from './infer/write-types.ts';

// One state by itself.
export { testState, type StateTest, type StateWork, type TestedState } from './test-state/tested-state.ts';
export { readTestedState, SOLE_STATE_NAME, type ReadTestedState } from './test-state/read-tested-state.ts';
export type { FlowStage, Observe } from './flow/state-scope.ts';

// What an execution did.
export { detailsKey, type HistoryEvent, type HistoryEventDetails, type HistoryEventType } from './history/event.ts';
