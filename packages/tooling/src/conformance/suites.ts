import { api } from './api.ts';
import { eventPatterns } from './event-patterns.ts';
import { executionsHistory, executionsOutput } from './executions.ts';
import { inputTransformer } from './input-transformer.ts';
import { invalidDefinitions, refusedDefinitions } from './invalid-definitions.ts';
import { jsonata, jsonataDefaults } from './jsonata.ts';
import { jsonpath } from './jsonpath.ts';
import { modelledTasks } from './modelled-tasks.ts';
import { scheduleExpressions } from './schedule-expressions.ts';
import { replayed } from './replayed.ts';
import { snsFilterPolicies } from './sns-filter-policies.ts';
import type { Suite } from './suite.ts';
import { testStateSuite } from './test-state.ts';

/** Every suite, in the order of the table. */
export const suites: readonly Suite[] = [executionsHistory, executionsOutput, replayed, modelledTasks, invalidDefinitions, refusedDefinitions, api, jsonata, jsonataDefaults, jsonpath, testStateSuite, scheduleExpressions, inputTransformer, eventPatterns, snsFilterPolicies];
