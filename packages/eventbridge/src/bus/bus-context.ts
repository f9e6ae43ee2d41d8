import { nextUuid, type Address, type Caller, type DeliveryEntry, type Effect } from '@interstate/kernel';
import type { Kms } from '@interstate/service-kit';
import type { EventBridgeLimits } from '../limits.ts';
import type { Place } from '../names.ts';
import type { EventKind } from './rule-patterns.ts';
import { readRecord, type BusRecord, type BusState } from './bus-state.ts';

/** An AWS service that wants to be told whether any rule of the default bus may match its events. */
export interface EventSource extends EventKind {
  readonly address: Address;
}

/** What the buses of an account and region are made with. */
export interface BusOptions {
  readonly place: Place;
  readonly limits: EventBridgeLimits;
  /** Services that send events to the default bus only where somebody listens. */
  readonly sources: readonly EventSource[];
  readonly kms?: Kms | undefined;
}

/** What a step of a bus may draw on. */
export class BusContext {
  readonly effects: Effect[] = [];
  readonly journal: DeliveryEntry[] = [];

  constructor(
    readonly options: BusOptions,
    readonly state: BusState,
    readonly now: number,
  ) {}

  /** @throws where the bus is deleted, which no action is asked of then */
  get bus(): BusRecord {
    return readRecord<BusRecord>(this.state, 'bus')!;
  }

  uuid(): string {
    return nextUuid(this.state.random);
  }

  /** In whose name a rule calls. */
  callerOf(ruleArn: string): Caller {
    return { service: EVENTS_SERVICE, sourceArn: ruleArn, account: this.options.place.account };
  }
}

export const EVENTS_SERVICE = 'events.amazonaws.com';
