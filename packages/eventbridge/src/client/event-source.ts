import type { Nothing } from './common-members.ts';

type EventSourceState = 'PENDING' | 'ACTIVE' | 'DELETED';
interface EventSource {
  Arn?: string;
  CreatedBy?: string;
  CreationTime?: Date;
  ExpirationTime?: Date;
  Name?: string;
  State?: EventSourceState;
}
interface PartnerEventSourceAccount {
  Account?: string;
  CreationTime?: Date;
  ExpirationTime?: Date;
  State?: EventSourceState;
}
interface PartnerEventSource {
  Arn?: string;
  Name?: string;
}
interface PutPartnerEventsRequestEntry {
  Time?: Date;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
}
interface PutPartnerEventsResultEntry {
  EventId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}

/** Operations of partner event sources. */
export interface EventSourceOperations {
  activateEventSource: [{ Name: string }, Nothing];
  createPartnerEventSource: [{ Name: string; Account: string }, { EventSourceArn: string }];
  deactivateEventSource: [{ Name: string }, Nothing];
  deletePartnerEventSource: [{ Name: string; Account: string }, Nothing];
  describeEventSource: [
    { Name: string },
    {
      Arn?: string;
      CreatedBy?: string;
      CreationTime: Date;
      ExpirationTime?: Date;
      Name?: string;
      State: EventSourceState;
    },
  ];
  describePartnerEventSource: [{ Name: string }, { Arn?: string; Name?: string }];
  listEventSources: [{ NamePrefix?: string; NextToken?: string; Limit?: number }, { EventSources: EventSource[]; NextToken?: string }];
  listPartnerEventSourceAccounts: [
    { EventSourceName: string; NextToken?: string; Limit?: number },
    { PartnerEventSourceAccounts: PartnerEventSourceAccount[]; NextToken?: string },
  ];
  listPartnerEventSources: [
    { NamePrefix: string; NextToken?: string; Limit?: number },
    { PartnerEventSources: PartnerEventSource[]; NextToken?: string },
  ];
  putPartnerEvents: [{ Entries: PutPartnerEventsRequestEntry[] }, { FailedEntryCount: number; Entries: PutPartnerEventsResultEntry[] }];
}
