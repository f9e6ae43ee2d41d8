import type { Nothing, Tag } from './common-members.ts';
import type { Target } from './target.ts';

type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
interface Rule {
  Name?: string;
  Arn?: string;
  EventPattern?: string;
  State?: RuleState;
  Description?: string;
  ScheduleExpression?: string;
  RoleArn?: string;
  ManagedBy?: string;
  EventBusName?: string;
}
interface PutTargetsResultEntry {
  TargetId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}
interface RemoveTargetsResultEntry {
  TargetId?: string;
  ErrorCode?: string;
  ErrorMessage?: string;
}

/** Operations of rules and their targets. */
export interface RuleOperations {
  deleteRule: [{ Name: string; EventBusName?: string; Force?: boolean }, Nothing];
  describeRule: [
    { Name: string; EventBusName?: string },
    {
      Name?: string;
      Arn?: string;
      EventPattern?: string;
      ScheduleExpression?: string;
      State: RuleState;
      Description?: string;
      RoleArn?: string;
      ManagedBy?: string;
      EventBusName?: string;
      CreatedBy?: string;
    },
  ];
  disableRule: [{ Name: string; EventBusName?: string }, Nothing];
  enableRule: [{ Name: string; EventBusName?: string }, Nothing];
  listRuleNamesByTarget: [
    { TargetArn: string; EventBusName?: string; NextToken?: string; Limit?: number },
    { RuleNames: string[]; NextToken?: string },
  ];
  listRules: [{ NamePrefix?: string; EventBusName?: string; NextToken?: string; Limit?: number }, { Rules: Rule[]; NextToken?: string }];
  listTargetsByRule: [
    { Rule: string; EventBusName?: string; NextToken?: string; Limit?: number },
    { Targets: Target[]; NextToken?: string },
  ];
  putRule: [
    {
      Name: string;
      ScheduleExpression?: string;
      EventPattern?: string;
      State?: RuleState;
      Description?: string;
      RoleArn?: string;
      Tags?: Tag[];
      EventBusName?: string;
    },
    { RuleArn: string },
  ];
  putTargets: [
    { Rule: string; EventBusName?: string; Targets: Target[] },
    { FailedEntryCount: number; FailedEntries: PutTargetsResultEntry[] },
  ];
  removeTargets: [
    { Rule: string; EventBusName?: string; Ids: string[]; Force?: boolean },
    { FailedEntryCount: number; FailedEntries: RemoveTargetsResultEntry[] },
  ];
}
