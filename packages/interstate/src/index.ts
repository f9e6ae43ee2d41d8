export { createCloud, type Cloud, type CloudOptions } from './cloud.ts';
export type { Definition } from './definition.ts';
export { StuckExecutionError, type Execution, type ExecutionResult, type RunOptions, type StartOptions } from './execution.ts';
export type { CreateOptions, StateMachine, States } from './states.ts';
