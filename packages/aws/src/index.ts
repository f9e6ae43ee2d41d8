export { aws, type AwsOptions } from './adapter.ts';
export type { AwsClient } from './client.ts';
export { responseSchemas, type ResponseSchema } from './response-schemas.ts';
export type { MemberCasing } from './sdk-task.ts';
