export { createCloud, type Cloud, type CloudOptions } from './cloud.ts';
export { InvalidDefinitionError, loadDefinition, type Definition, type DefinitionOptions, type LoadedDefinition } from './definition.ts';
export { defineStateMachine, type StateMachineDefinition } from '@interstate/core';
export { Execution, ExecutionResult, StuckExecutionError, type RunOptions, type StartOptions } from './execution.ts';
export { StateMachine, type CreateOptions, type States } from './states.ts';
