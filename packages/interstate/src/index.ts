export { createCloud, type Cloud, type CloudOptions } from './cloud.ts';
export { InvalidDefinitionError, loadDefinition, type Definition, type DefinitionOptions, type LoadedDefinition } from './definition.ts';
export { defineStateMachine, type StateMachineDefinition } from '@interstate/core';
export { StuckExecutionError, type Execution, type ExecutionResult, type RunOptions, type StartOptions } from './execution.ts';
export type { CreateOptions, StateMachine, States } from './states.ts';
