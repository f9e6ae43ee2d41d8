export { aws, universalTargets, type AwsOptions } from './adapter.ts';
export type { AwsClient } from './client.ts';
export type { MemberCasing } from './sdk-task.ts';
