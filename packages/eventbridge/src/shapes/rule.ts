// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { EVENT_BUS_NAME_OR_ARN, EVENT_PATTERN, FLAG, LIMIT_MAX100, TAG_LIST, TARGET_ID } from './common-members.ts';
import { TARGET } from './target.ts';

const RULE_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const RULE_STATE: Shape = oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');

/** What the operations of rules and their targets take. */
export const RULE_SHAPES = {
  DeleteRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN, Force: FLAG }),
  DescribeRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  DisableRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  EnableRule: structure({ Name: required(RULE_NAME), EventBusName: EVENT_BUS_NAME_OR_ARN }),
  ListRuleNamesByTarget: structure({
    TargetArn: required(text(1, 1600)),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  ListRules: structure({ NamePrefix: RULE_NAME, EventBusName: EVENT_BUS_NAME_OR_ARN, NextToken: text(1, 2048), Limit: LIMIT_MAX100 }),
  ListTargetsByRule: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  PutRule: structure({
    Name: required(RULE_NAME),
    ScheduleExpression: text(undefined, 256),
    EventPattern: EVENT_PATTERN,
    State: RULE_STATE,
    Description: text(undefined, 512),
    RoleArn: text(1, 1600),
    Tags: TAG_LIST,
    EventBusName: EVENT_BUS_NAME_OR_ARN,
  }),
  PutTargets: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    Targets: required({ type: 'list', member: TARGET, min: 1, max: 100 }),
  }),
  RemoveTargets: structure({
    Rule: required(RULE_NAME),
    EventBusName: EVENT_BUS_NAME_OR_ARN,
    Ids: required({ type: 'list', member: TARGET_ID, min: 1, max: 100 }),
    Force: FLAG,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
