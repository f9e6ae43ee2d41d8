export { lambda, type LambdaAdapter, type LambdaOptions } from './adapter.ts';
export { lambdaService } from './service/service.ts';
export { INPUT_SHAPES as LAMBDA_INPUT_SHAPES } from './service/input-shapes.ts';
export { LAMBDA_MODEL } from './service/model.ts';
export type { CreateEventSourceMappingInput, EventSourceMapping, FunctionEventInvokeConfig, InvokeInput, InvokeOutput, Lambda } from './service/client.ts';
export type { FunctionOptions } from './function-registry.ts';
export type { Callback, Context, Handler } from './handler.ts';
export { mappingMetrics, type MappingMetrics } from './mapping/metrics.ts';
