import type { Action } from './action.ts';
import { createActivity } from './actions/create-activity.ts';
import { createStateMachineAlias } from './actions/create-state-machine-alias.ts';
import { createStateMachine } from './actions/create-state-machine.ts';
import { deleteActivity } from './actions/delete-activity.ts';
import { deleteStateMachineAlias } from './actions/delete-state-machine-alias.ts';
import { deleteStateMachineVersion } from './actions/delete-state-machine-version.ts';
import { deleteStateMachine } from './actions/delete-state-machine.ts';
import { describeActivity } from './actions/describe-activity.ts';
import { describeExecution } from './actions/describe-execution.ts';
import { describeMapRun } from './actions/describe-map-run.ts';
import { describeStateMachineAlias } from './actions/describe-state-machine-alias.ts';
import { describeStateMachineForExecution } from './actions/describe-state-machine-for-execution.ts';
import { describeStateMachine } from './actions/describe-state-machine.ts';
import { getActivityTask } from './actions/get-activity-task.ts';
import { getExecutionHistory } from './actions/get-execution-history.ts';
import { listActivities } from './actions/list-activities.ts';
import { listExecutions } from './actions/list-executions.ts';
import { listMapRuns } from './actions/list-map-runs.ts';
import { listStateMachineAliases } from './actions/list-state-machine-aliases.ts';
import { listStateMachineVersions } from './actions/list-state-machine-versions.ts';
import { listStateMachines } from './actions/list-state-machines.ts';
import { listTagsForResource } from './actions/list-tags-for-resource.ts';
import { publishStateMachineVersion } from './actions/publish-state-machine-version.ts';
import { redriveExecution } from './actions/redrive-execution.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './actions/send-task.ts';
import { startExecution } from './actions/start-execution.ts';
import { startSyncExecution } from './actions/start-sync-execution.ts';
import { stopExecution } from './actions/stop-execution.ts';
import { tagResource } from './actions/tag-resource.ts';
import { testState } from './actions/test-state.ts';
import { untagResource } from './actions/untag-resource.ts';
import { updateMapRun } from './actions/update-map-run.ts';
import { updateStateMachineAlias } from './actions/update-state-machine-alias.ts';
import { updateStateMachine } from './actions/update-state-machine.ts';
import { validateStateMachineDefinition } from './actions/validate-state-machine-definition.ts';
import type { OperationName } from './input-shapes.ts';

/** What answers each operation. */
export const OPERATIONS: Readonly<Partial<Record<OperationName, Action>>> = {
  CreateActivity: createActivity,
  CreateStateMachine: createStateMachine,
  CreateStateMachineAlias: createStateMachineAlias,
  DeleteActivity: deleteActivity,
  DeleteStateMachine: deleteStateMachine,
  DeleteStateMachineAlias: deleteStateMachineAlias,
  DeleteStateMachineVersion: deleteStateMachineVersion,
  DescribeActivity: describeActivity,
  DescribeExecution: describeExecution,
  DescribeMapRun: describeMapRun,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineAlias: describeStateMachineAlias,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetActivityTask: getActivityTask,
  GetExecutionHistory: getExecutionHistory,
  ListActivities: listActivities,
  ListExecutions: listExecutions,
  ListMapRuns: listMapRuns,
  ListStateMachineAliases: listStateMachineAliases,
  ListStateMachineVersions: listStateMachineVersions,
  ListStateMachines: listStateMachines,
  ListTagsForResource: listTagsForResource,
  PublishStateMachineVersion: publishStateMachineVersion,
  RedriveExecution: redriveExecution,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  TagResource: tagResource,
  TestState: testState,
  UntagResource: untagResource,
  UpdateMapRun: updateMapRun,
  UpdateStateMachine: updateStateMachine,
  UpdateStateMachineAlias: updateStateMachineAlias,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};
