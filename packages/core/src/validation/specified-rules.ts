import type { Rule } from './rule.ts';
import { choiceRules } from './rules/choice-rules.ts';
import { exclusiveFields } from './rules/exclusive-fields.ts';
import { itemReaders } from './rules/item-readers.ts';
import { jsonataExpressions } from './rules/jsonata-expressions.ts';
import { mapLabels } from './rules/map-labels.ts';
import { mapProcessors } from './rules/map-processors.ts';
import { paths } from './rules/paths.ts';
import { payloadTemplates } from './rules/payload-templates.ts';
import { queryLanguage } from './rules/query-language.ts';
import { retryAndCatch } from './rules/retry-and-catch.ts';
import { shape } from './rules/shape.ts';
import { stateNames } from './rules/state-names.ts';
import { staticText } from './rules/static-text.ts';
import { supportedFields } from './rules/supported-fields.ts';
import { taskCredentials } from './rules/task-credentials.ts';
import { taskResources } from './rules/task-resources.ts';
import { taskTimeouts } from './rules/task-timeouts.ts';
import { terminalAndReachable } from './rules/terminal-and-reachable.ts';
import { timestamps } from './rules/timestamps.ts';
import { transitionTargets } from './rules/transition-targets.ts';
import { variables } from './rules/variables.ts';

/** What makes Step Functions refuse a definition, in the order of reporting. */
export const SPECIFIED_RULES: readonly Rule[] = [
  shape,
  queryLanguage,
  supportedFields,
  exclusiveFields,
  stateNames,
  choiceRules,
  retryAndCatch,
  timestamps,
  taskResources,
  taskCredentials,
  taskTimeouts,
  mapProcessors,
  itemReaders,
  mapLabels,
  paths,
  payloadTemplates,
  jsonataExpressions,
  variables,
  transitionTargets,
  terminalAndReachable,
];

/** What it does not refuse, but nobody can have meant. */
export const WARNING_RULES: readonly Rule[] = [staticText];
