export { lambda, type LambdaAdapter, type LambdaOptions } from './adapter.ts';
export type { FunctionOptions } from './function-registry.ts';
export type { Callback, Context, Handler } from './handler.ts';
