import type { Json, JsonObject } from '@interstate/kernel';
import { decodePageToken, encodePageToken, ServiceFault, type Operation } from '@interstate/service-kit';
import { describeInvokeConfig, type EventInvokeConfig } from '../../events/event-record.ts';
import { destinationRequest, qualified } from '../../events/invocation-record.ts';
import type { DirectoryContext } from '../directory-state.ts';
import { functionArnOf, knownFunctionArn } from '../names.ts';

const CONFIG = 'config:';

/** Implements PutFunctionEventInvokeConfig: what is not said counts as default. */
export const putFunctionEventInvokeConfig: Operation<DirectoryContext> = (context, input) => write(context, input, undefined);

/** Implements UpdateFunctionEventInvokeConfig: what is not said stays. */
export const updateFunctionEventInvokeConfig: Operation<DirectoryContext> = (context, input) => write(context, input, existing(context, input));

/** Implements GetFunctionEventInvokeConfig. */
export const getFunctionEventInvokeConfig: Operation<DirectoryContext> = (context, input) => describeInvokeConfig(existing(context, input));

/** Implements DeleteFunctionEventInvokeConfig. */
export const deleteFunctionEventInvokeConfig: Operation<DirectoryContext> = (context, input) => {
  context.state.records.delete(CONFIG + existing(context, input).functionArn);
  return {};
};

/** Implements ListFunctionEventInvokeConfigs. */
export const listFunctionEventInvokeConfigs: Operation<DirectoryContext> = ({ state, options }, { FunctionName, Marker, MaxItems = 50 }) => {
  const functionArn = functionArnOf(FunctionName as string, options).split(':').slice(0, 7).join(':');
  const scope = `ListFunctionEventInvokeConfigs|${functionArn}`;
  const configs = [...state.records.entries(`${CONFIG}${functionArn}:`)].map(([, value]) => value as unknown as EventInvokeConfig).sort((a, b) => (a.functionArn < b.functionArn ? -1 : 1));
  const { page, marker } = pageOf(configs, scope, Marker, MaxItems as number);
  return { FunctionEventInvokeConfigs: page.map(describeInvokeConfig), ...marker };
};

/** One page of a list, and where the next begins. @throws ServiceFault InvalidParameterValueException */
export function pageOf<T>(all: readonly T[], scope: string, marker: Json | undefined, maxItems: number): { readonly page: readonly T[]; readonly marker: JsonObject } {
  const from = marker === undefined ? 0 : decodePageToken(scope, marker as string);
  if (typeof from !== 'number') throw new ServiceFault('InvalidParameterValueException', { reason: 'The Marker is not valid.' });
  const to = from + maxItems;
  return { page: all.slice(from, to), marker: to < all.length ? { NextMarker: encodePageToken(scope, to) } : {} };
}

function existing({ state, options }: DirectoryContext, { FunctionName, Qualifier }: JsonObject): EventInvokeConfig {
  const arn = qualified(functionArnOf(FunctionName as string, options, Qualifier as string | undefined));
  const config = state.records.get(CONFIG + arn) as unknown as EventInvokeConfig | undefined;
  if (!config) throw new ServiceFault('ResourceNotFoundException', { reason: `The function ${arn} doesn't have an EventInvokeConfig` });
  return config;
}

function write({ state, options, now }: DirectoryContext, input: JsonObject, old: EventInvokeConfig | undefined): JsonObject {
  const { FunctionName, Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
  if (MaximumRetryAttempts === undefined && MaximumEventAgeInSeconds === undefined && DestinationConfig === undefined) {
    throw new ServiceFault('InvalidParameterValueException', { reason: 'You must specify at least one of error handling or destination setting.' });
  }
  const functionArn = qualified(knownFunctionArn(FunctionName as string, options, Qualifier as string | undefined));
  const config: EventInvokeConfig = {
    functionArn,
    lastModified: now,
    maximumRetryAttempts: (MaximumRetryAttempts as number | undefined) ?? old?.maximumRetryAttempts ?? null,
    maximumEventAgeSeconds: (MaximumEventAgeInSeconds as number | undefined) ?? old?.maximumEventAgeSeconds ?? null,
    onSuccess: DestinationConfig === undefined ? (old?.onSuccess ?? null) : destination(DestinationConfig, 'OnSuccess', functionArn),
    onFailure: DestinationConfig === undefined ? (old?.onFailure ?? null) : destination(DestinationConfig, 'OnFailure', functionArn),
  };
  state.records.set(CONFIG + functionArn, config as unknown as Json);
  return describeInvokeConfig(config);
}

function destination(config: Json, when: 'OnSuccess' | 'OnFailure', functionArn: string): string | null {
  const { Destination = '' } = ((config as JsonObject)[when] ?? {}) as JsonObject;
  if (Destination === '' || Destination === null) return null;
  const arn = Destination as string;
  if (qualified(arn) === functionArn) throw new ServiceFault('InvalidParameterValueException', { reason: "You can't specify the function as a destination for itself." });
  const offered = destinationRequest(arn, { requestContext: {} }, { service: '', sourceArn: '', account: '' }) !== undefined && !arn.endsWith('.fifo');
  if (!offered) throw new ServiceFault('InvalidParameterValueException', { reason: `The destination ARN ${arn} is invalid.` });
  return arn;
}
