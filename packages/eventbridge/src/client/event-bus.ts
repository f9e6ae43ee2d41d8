import type { DeadLetterConfig, Nothing, Tag } from './common-members.ts';

interface LogConfig {
  IncludeDetail?: 'NONE' | 'FULL';
  Level?: 'OFF' | 'ERROR' | 'INFO' | 'TRACE';
}
interface EventBus {
  Name?: string;
  Arn?: string;
  Description?: string;
  Policy?: string;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}
interface Condition {
  Type: string;
  Key: string;
  Value: string;
}

/** Operations of event buses. */
export interface EventBusOperations {
  createEventBus: [
    {
      Name: string;
      EventSourceName?: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
      Tags?: Tag[];
    },
    {
      EventBusArn: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
  ];
  deleteEventBus: [{ Name: string }, Nothing];
  describeEventBus: [
    { Name?: string },
    {
      Name?: string;
      Arn?: string;
      Description?: string;
      KmsKeyIdentifier?: string;
      DeadLetterConfig?: DeadLetterConfig;
      Policy?: string;
      LogConfig?: LogConfig;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  listEventBuses: [{ NamePrefix?: string; NextToken?: string; Limit?: number }, { EventBuses: EventBus[]; NextToken?: string }];
  putPermission: [
    {
      EventBusName?: string;
      Action?: string;
      Principal?: string;
      StatementId?: string;
      Condition?: Condition;
      Policy?: string;
    },
    Nothing,
  ];
  removePermission: [{ StatementId?: string; RemoveAllPermissions?: boolean; EventBusName?: string }, Nothing];
  updateEventBus: [
    {
      Name?: string;
      KmsKeyIdentifier?: string;
      Description?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
    {
      Arn?: string;
      Name?: string;
      KmsKeyIdentifier?: string;
      Description?: string;
      DeadLetterConfig?: DeadLetterConfig;
      LogConfig?: LogConfig;
    },
  ];
}
