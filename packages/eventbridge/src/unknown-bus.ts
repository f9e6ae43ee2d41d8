import { nextUuid, type ApiRequest, type Json, type JsonObject, type Outcome, type RandomState } from '@interstate/kernel';
import { createOperations } from '@interstate/service-kit';
import { readEntry } from './bus/event-entry.ts';
import { EVENTBRIDGE_ERRORS, notFound } from './errors.ts';
import { INPUT_SHAPES, type OperationName } from './input-shapes.ts';
import type { EventBridgeLimits } from './limits.ts';
import { DEFAULT_BUS } from './names.ts';

interface Context {
  readonly state: { readonly random: RandomState };
  readonly options: { readonly limits: EventBridgeLimits };
}

/** Operations a bus answers for its rules and itself. */
const OF_A_BUS = ['DescribeEventBus', 'UpdateEventBus', 'PutRule', 'DeleteRule', 'DescribeRule', 'EnableRule', 'DisableRule', 'ListRules', 'ListRuleNamesByTarget', 'ListTargetsByRule', 'PutTargets', 'RemoveTargets', 'PutPermission', 'RemovePermission', 'TagResource', 'UntagResource', 'ListTagsForResource'] as const satisfies readonly OperationName[];

function refuse(_context: Context, { EventBusName: named, Name: name, ResourceARN: arn }: JsonObject, { action }: ApiRequest): never {
  const bus = String((action.endsWith('EventBus') ? name : (named ?? arn)) ?? DEFAULT_BUS);
  throw notFound(`Event bus ${bus.slice(bus.lastIndexOf('/') + 1)} does not exist.`);
}

/** What a bus answers that is not there: its events are taken, and nobody hears of them. */
export const UNKNOWN_BUS_ACTIONS = {
  ...Object.fromEntries(OF_A_BUS.map((name) => [name, refuse])),
  DeleteEventBus: (): Json => ({}),
  PutEvents: ({ state, options }: Context, input: JsonObject, { caller }: ApiRequest): Json => {
    const results = (input['Entries'] as readonly JsonObject[]).map((entry): JsonObject => {
      const read = readEntry(entry, caller, options.limits);
      return 'ErrorCode' in read ? { ErrorCode: read.ErrorCode, ErrorMessage: read.ErrorMessage } : { EventId: nextUuid(state.random) };
    });
    return { Entries: results, FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length };
  },
};

export const unknownBus: (context: Context, request: ApiRequest) => Outcome | undefined = createOperations<Context>({ shapes: INPUT_SHAPES, errors: EVENTBRIDGE_ERRORS, actions: UNKNOWN_BUS_ACTIONS });
