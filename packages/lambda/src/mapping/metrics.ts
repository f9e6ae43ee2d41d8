import type { MappingState } from './mapping.ts';

/** The numbers CloudWatch shows for an event source mapping with `EventCount` in its MetricsConfig, by its names: exact, counted since it has that. */
export interface MappingMetrics {
  /** Records that the source brought. */
  readonly PolledEventCount: number;
  readonly FilteredOutEventCount: number;
  /** Records that the function was called with, each attempt counted. */
  readonly InvokedEventCount: number;
  /** Those of them that failed, by the function's error or its word. */
  readonly FailedInvokeEventCount: number;
  /** Given up for their age or their attempts, without a destination that was told. */
  readonly DroppedEventCount: number;
  readonly OnFailureDestinationDeliveredEventCount: number;
  /** Queues: messages deleted because they were dealt with. */
  readonly DeletedEventCount: number;
}

export const NO_EVENTS: MappingMetrics = { PolledEventCount: 0, FilteredOutEventCount: 0, InvokedEventCount: 0, FailedInvokeEventCount: 0, DroppedEventCount: 0, OnFailureDestinationDeliveredEventCount: 0, DeletedEventCount: 0 };

/**
 * The CloudWatch numbers of an event source mapping; undefined where its MetricsConfig does not ask for them.
 * @param state `cloud.host.stateOf(eventSourceMappingArn)`
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function mappingMetrics(state: unknown): MappingMetrics | undefined {
  return (state as MappingState | undefined)?.records.get(METRICS) as unknown as MappingMetrics | undefined;
}

export const METRICS = 'metrics';
