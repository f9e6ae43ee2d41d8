// Schedules: what their expressions mean, and when they fire.
export { parseScheduleExpression, type Schedule, type ScheduleDialect, type ScheduleFault } from './schedule/schedule-expression.ts';
export type { CronSchedule } from './schedule/cron.ts';
export type { DayRule } from './schedule/cron-days.ts';
export { nextFireTime, type FireTimeOptions } from './schedule/next-fire-time.ts';
