// A cloud: state machines, and the services around them.
export { createCloud, type Cloud, type CloudOptions } from './cloud.ts';
export { StateMachine, type CreateOptions, type States } from './states.ts';
export type { AttachableClient } from './attach.ts';
export type { SfnHistoryEvent } from './sfn-history.ts';
export type { Sfn, SfnOperations } from './sfn-types.ts';
export type { People } from './people.ts';
export type { SinkRecord, Sinks } from './sinks.ts';
export type { LogRecord, LogSink } from './states-host.ts';

// An engine: executions alone, kept and resumed as JSON.
export { createEngine, type Checkpoint, type Engine, type EngineProgram } from './engine.ts';
export type { EngineOptions, HostControls } from './engine-host.ts';
export type { InputEntry, InputLog, MessageOrder } from '@interstate/runtime';

// What both give and take.
export { Execution, ExecutionResult, StuckExecutionError, type RunOptions, type StartOptions } from './execution.ts';
export { InvalidDefinitionError, loadDefinition, type Definition, type DefinitionOptions, type LoadedDefinition } from './definition.ts';
export { defineStateMachine, type StateMachineDefinition } from '@interstate/core';

// Types that appear in all of it.
export type { ExecutionLimits, ExecutionStatus, HistoryEvent } from '@interstate/core';
export type { Adapter, EpochMs, Json, JsonObject } from '@interstate/kernel';
export type { Handler } from '@interstate/lambda';
