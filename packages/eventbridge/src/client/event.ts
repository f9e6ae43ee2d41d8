interface PutEventsRequestEntry {
  Time?: Date;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  TraceHeader?: string;
}
interface PutEventsResultEntry {
  EventId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}

/** Operations of events. */
export interface EventOperations {
  putEvents: [{ Entries: PutEventsRequestEntry[]; EndpointId?: string }, { FailedEntryCount: number; Entries: PutEventsResultEntry[] }];
  testEventPattern: [{ EventPattern: string; Event: string }, { Result: boolean }];
}
