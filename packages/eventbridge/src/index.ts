// The service: its machines, its model, its limits.
export { defaultEventBus, eventBridge, type EventBridgeOptions } from './adapter.ts';
export type { EventSource } from './bus/bus-context.ts';
export type { EventBridge, EventBridgeOperations } from './client.ts';
export { EVENTBRIDGE_LIMITS, type EventBridgeLimits } from './limits.ts';
export { EVENTBRIDGE_ERRORS } from './errors.ts';
export { EVENTBRIDGE_MODEL } from './model.ts';

// EventBridge Pipes.
export { pipes, type PipesOptions } from './pipes/adapter.ts';
export type { Pipes, PipesOperations } from './pipes/client.ts';
export { PIPES_MODEL } from './pipes/model.ts';

// Sources of records for pipes: in memory, or of your own.
export { recordSource, type RecordSource, type SourceCall, type SourceChannel } from './connectors/record-source.ts';
export type { Sources } from './record-sources/client.ts';
export { SOURCES_MODEL } from './record-sources/model.ts';
export type { ReadPosition, RecordPage, RecordsRequest, ShardList, SourceRecord, SourceShard } from '@interstate/service-kit';

// EventBridge Scheduler.
export { scheduler, type SchedulerOptions } from './scheduler/adapter.ts';
export type { Scheduler, SchedulerOperations } from './scheduler/client.ts';
export { SCHEDULER_LIMITS, type SchedulerLimits } from './scheduler/limits.ts';
export { SCHEDULER_MODEL } from './scheduler/model.ts';

// Schemas of events: discovered on a bus, or of events at hand.
export type { Schemas } from './schemas/client.ts';
export { jsonSchemaDraft4, openApi3, type EventKind } from './schemas/json-schema.ts';
export { mergedShape, shapeOf, type Shape } from './schemas/shape.ts';
export { typeScriptOf } from './schemas/typescript.ts';

// What a target is given of an event.
export { compileTargetInput, type InputContext, type InputOptions, type TargetInput } from './input-transformer/target-input.ts';
export { payloadText, type Payload } from './input-transformer/template.ts';

// Schedules: what their expressions mean, and when they fire.
export { parseScheduleExpression, type Schedule, type ScheduleDialect, type ScheduleFault } from './schedule/schedule-expression.ts';
export type { CronSchedule } from './schedule/cron.ts';
export type { DayRule } from './schedule/cron-days.ts';
export { nextFireTime, type FireTimeOptions } from './schedule/next-fire-time.ts';
