import { parseArn, type Json } from '@interstate/kernel';
import type { HttpParameters } from '../targets/target.ts';
import type { PipeConfiguration } from './pipe-record.ts';
import { apiDestinationCall, apiGatewayCall, type StageCall } from './stage-call.ts';

/** A kind of enrichment: how much it takes at once, and how it is called. */
interface EnrichmentKind {
  readonly maximumBatch?: number;
  readonly call: (pipe: PipeConfiguration, arn: string, events: readonly Json[], records: readonly Json[]) => StageCall;
}

/** The kind of an enrichment by its ARN; undefined where it is not modelled. */
export function enrichmentKind(arn: string): EnrichmentKind | undefined {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  if (service === 'lambda') return { call: (_, to, events) => ({ to, action: 'Invoke', input: { FunctionName: to, InvocationType: 'RequestResponse', Payload: events } }) };
  if (service === 'states' && resource.startsWith('stateMachine:')) return { call: (_, to, events) => ({ to, action: 'StartSyncExecution', input: { stateMachineArn: to, input: JSON.stringify(events) } }) };
  if (service === 'events' && resource.startsWith('api-destination/')) return { maximumBatch: 1, call: (pipe, to, [event], [record]) => apiDestinationCall(to, httpOf(pipe), event!, record!) };
  if (service === 'execute-api') return { maximumBatch: 1, call: (pipe, to, [event], [record]) => apiGatewayCall(to, httpOf(pipe), event!, record!) };
  return undefined;
}

function httpOf({ enrichmentParameters }: PipeConfiguration): HttpParameters {
  return (enrichmentParameters['HttpParameters'] ?? {}) as HttpParameters;
}
