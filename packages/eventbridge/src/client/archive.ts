import type { Nothing } from './common-members.ts';

type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
type ArchiveState = 'ENABLED' | 'DISABLED' | 'CREATING' | 'UPDATING' | 'CREATE_FAILED' | 'UPDATE_FAILED';
interface ReplayDestination {
  Arn: string;
  FilterArns?: string[];
}
interface Archive {
  ArchiveName?: string;
  EventSourceArn?: string;
  State?: ArchiveState;
  StateReason?: string;
  RetentionDays?: number;
  SizeBytes?: number;
  EventCount?: number;
  CreationTime?: Date;
}
interface Replay {
  ReplayName?: string;
  EventSourceArn?: string;
  State?: ReplayState;
  StateReason?: string;
  EventStartTime?: Date;
  EventEndTime?: Date;
  EventLastReplayedTime?: Date;
  ReplayStartTime?: Date;
  ReplayEndTime?: Date;
}

/** Operations of archives and replays. */
export interface ArchiveOperations {
  cancelReplay: [{ ReplayName: string }, { ReplayArn: string; State: ReplayState; StateReason?: string }];
  createArchive: [
    {
      ArchiveName: string;
      EventSourceArn: string;
      Description?: string;
      EventPattern?: string;
      RetentionDays?: number;
      KmsKeyIdentifier?: string;
    },
    { ArchiveArn: string; State: ArchiveState; StateReason?: string; CreationTime: Date },
  ];
  deleteArchive: [{ ArchiveName: string }, Nothing];
  describeArchive: [
    { ArchiveName: string },
    {
      ArchiveArn: string;
      ArchiveName?: string;
      EventSourceArn: string;
      Description?: string;
      EventPattern?: string;
      State: ArchiveState;
      StateReason?: string;
      KmsKeyIdentifier?: string;
      RetentionDays?: number;
      SizeBytes?: number;
      EventCount?: number;
      CreationTime: Date;
    },
  ];
  describeReplay: [
    { ReplayName: string },
    {
      ReplayName?: string;
      ReplayArn: string;
      Description?: string;
      State: ReplayState;
      StateReason?: string;
      EventSourceArn: string;
      Destination?: ReplayDestination;
      EventStartTime?: Date;
      EventEndTime?: Date;
      EventLastReplayedTime?: Date;
      ReplayStartTime?: Date;
      ReplayEndTime?: Date;
    },
  ];
  listArchives: [
    {
      NamePrefix?: string;
      EventSourceArn?: string;
      State?: ArchiveState;
      NextToken?: string;
      Limit?: number;
    },
    { Archives: Archive[]; NextToken?: string },
  ];
  listReplays: [
    {
      NamePrefix?: string;
      State?: ReplayState;
      EventSourceArn?: string;
      NextToken?: string;
      Limit?: number;
    },
    { Replays: Replay[]; NextToken?: string },
  ];
  startReplay: [
    {
      ReplayName: string;
      Description?: string;
      EventSourceArn: string;
      EventStartTime: Date;
      EventEndTime: Date;
      Destination: ReplayDestination;
    },
    { ReplayArn: string; State: ReplayState; StateReason?: string; ReplayStartTime?: Date },
  ];
  updateArchive: [
    {
      ArchiveName: string;
      Description?: string;
      EventPattern?: string;
      RetentionDays?: number;
      KmsKeyIdentifier?: string;
    },
    { ArchiveArn: string; State: ArchiveState; StateReason?: string; CreationTime: Date },
  ];
}
