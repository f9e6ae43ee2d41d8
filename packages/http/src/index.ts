export { http, type HttpAdapter, type HttpOptions } from './adapter.ts';
export type { HostRules } from './address-guard.ts';
export type { SignRequest } from './api-gateway-task.ts';
export { sigV4, type AwsCredentials, type SigV4Options } from './sig-v4.ts';
export type { Connection, ConnectionHttpParameters, ConnectionParameter, OAuthParameters } from './connection.ts';
export type { HttpRequest } from './exchange.ts';
export type { ResolveHost } from './guarded-agent.ts';
