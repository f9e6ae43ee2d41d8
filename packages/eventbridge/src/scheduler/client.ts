import type { ResponseMetadata } from '@interstate/service-kit';

type State = 'ENABLED' | 'DISABLED';
interface Tag {
  Key: string;
  Value: string;
}
interface EventParameters {
  DetailType: string;
  /** Not `aws.…`. */
  Source: string;
}
interface EcsParameters {
  TaskDefinitionArn: string;
  TaskCount?: number;
  LaunchType?: 'EC2' | 'FARGATE' | 'EXTERNAL';
  NetworkConfiguration?: { awsvpcConfiguration?: { Subnets: string[]; SecurityGroups?: string[]; AssignPublicIp?: 'ENABLED' | 'DISABLED' } };
  PlatformVersion?: string;
  Group?: string;
  CapacityProviderStrategy?: { capacityProvider: string; weight?: number; base?: number }[];
  EnableECSManagedTags?: boolean;
  EnableExecuteCommand?: boolean;
  PlacementConstraints?: { type?: 'distinctInstance' | 'memberOf'; expression?: string }[];
  PlacementStrategy?: { type?: 'random' | 'spread' | 'binpack'; field?: string }[];
  PropagateTags?: 'TASK_DEFINITION';
  ReferenceId?: string;
  Tags?: Record<string, string>[];
}
interface Target {
  /** ARN of a function, queue, topic, state machine, event bus, stream…; or `arn:aws:scheduler:::aws-sdk:<service>:<operation>`. */
  Arn: string;
  RoleArn: string;
  /** What the target is given. `<aws.scheduler.scheduled-time>` and its like are filled in. */
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  /** 60…86,400 seconds (default 86,400), 0…185 attempts after the first (default 185). */
  RetryPolicy?: { MaximumEventAgeInSeconds?: number; MaximumRetryAttempts?: number };
  SqsParameters?: { MessageGroupId?: string };
  EventBridgeParameters?: EventParameters;
  EventBridgePutEventsV2Parameters?: EventParameters;
  EventBridgePutRawEventsParameters?: { Metadata?: Record<string, string> };
  KinesisParameters?: { PartitionKey: string };
  SageMakerPipelineParameters?: { PipelineParameterList?: { Name: string; Value: string }[] };
  EcsParameters?: EcsParameters;
}
interface FlexibleTimeWindow {
  Mode: 'OFF' | 'FLEXIBLE';
  /** 1…1,440, where the mode is FLEXIBLE. */
  MaximumWindowInMinutes?: number;
}
interface Settings {
  /** `at(2026-12-24T18:00:00)`, `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`. */
  ScheduleExpression: string;
  /** IANA name (default `UTC`). */
  ScheduleExpressionTimezone?: string;
  StartDate?: Date;
  EndDate?: Date;
  Description?: string;
  State?: State;
  KmsKeyArn?: string;
  Target: Target;
  FlexibleTimeWindow: FlexibleTimeWindow;
  /** What becomes of a schedule after its last invocation (default `NONE`). */
  ActionAfterCompletion?: 'NONE' | 'DELETE';
}
interface Named {
  Name: string;
  /** Default `default`. */
  GroupName?: string;
}
interface Idempotent {
  ClientToken?: string;
}
interface Page {
  /** 1…100 (default 100). */
  MaxResults?: number;
  NextToken?: string;
}
interface Dates {
  CreationDate?: Date;
  LastModificationDate?: Date;
}
interface Group extends Dates {
  Arn?: string;
  Name?: string;
  State?: 'ACTIVE' | 'DELETING';
}
interface ScheduleSummary extends Dates {
  Arn?: string;
  Name?: string;
  GroupName?: string;
  State?: State;
  Target?: { Arn: string };
}
interface Nothing {}

/** Operations of Scheduler: what each takes and gives. */
export interface SchedulerOperations {
  createSchedule: [Named & Settings & Idempotent, { ScheduleArn: string }];
  createScheduleGroup: [{ Name: string; Tags?: Tag[] } & Idempotent, { ScheduleGroupArn: string }];
  deleteSchedule: [Named & Idempotent, Nothing];
  deleteScheduleGroup: [{ Name: string } & Idempotent, Nothing];
  getSchedule: [Named, Named & Settings & Dates & { Arn: string }];
  getScheduleGroup: [{ Name: string }, Group];
  listScheduleGroups: [{ NamePrefix?: string } & Page, { ScheduleGroups: Group[]; NextToken?: string }];
  listSchedules: [{ GroupName?: string; NamePrefix?: string; State?: State } & Page, { Schedules: ScheduleSummary[]; NextToken?: string }];
  listTagsForResource: [{ ResourceArn: string }, { Tags?: Tag[] }];
  tagResource: [{ ResourceArn: string; Tags: Tag[] }, Nothing];
  untagResource: [{ ResourceArn: string; TagKeys: string[] }, Nothing];
  updateSchedule: [Named & Settings & Idempotent, { ScheduleArn: string }];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Date ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/** The Scheduler client of a cloud, in the shape of the AWS SDK v3 aggregated client `Scheduler`. */
export type Scheduler = {
  readonly [K in keyof SchedulerOperations]: Nothing extends SchedulerOperations[K][0]
    ? (input?: Given<SchedulerOperations[K][0]>) => Promise<SchedulerOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<SchedulerOperations[K][0]>) => Promise<SchedulerOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
