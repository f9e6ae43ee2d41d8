import type { Shape, StructureShape } from '@interstate/service-kit';

type Text = Shape & { readonly type: 'string' };
type Member = Shape & { readonly required?: true };

const text = (min: number, max: number, pattern?: RegExp): Text => ({ type: 'string', min, max, ...(pattern && { pattern }) });
const needed = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });
const integer = (min: number, max: number): Shape => ({ type: 'integer', min, max });
const structure = (members: Readonly<Record<string, Member>>): StructureShape => ({ type: 'structure', members });

const FUNCTION = text(1, 10_000);
const QUALIFIER = text(1, 128, /^(?:\$(?:LATEST(?:\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)$/);
const UUID = text(1, 1_024);
const DESTINATION = structure({ Destination: text(0, 1_024) });
const DESTINATIONS = structure({ OnSuccess: DESTINATION, OnFailure: DESTINATION });

const INVOKE_CONFIG = {
  FunctionName: needed(FUNCTION),
  Qualifier: QUALIFIER,
  MaximumRetryAttempts: integer(0, 2),
  MaximumEventAgeInSeconds: integer(60, 21_600),
  DestinationConfig: DESTINATIONS,
};

/** What of a mapping can be said at its creation and later. */
const MAPPING = {
  Enabled: { type: 'boolean' },
  BatchSize: integer(1, 10_000),
  FilterCriteria: structure({ Filters: { type: 'list', member: structure({ Pattern: text(0, 4_096) }) } }),
  ScalingConfig: structure({ MaximumConcurrency: integer(2, 1_000) }),
  MaximumBatchingWindowInSeconds: integer(0, 300),
  FunctionResponseTypes: { type: 'list', min: 0, max: 1, member: { type: 'string', enum: ['ReportBatchItemFailures'] } },
  Tags: { type: 'map', value: text(0, 256) },
} satisfies Readonly<Record<string, Member>>;

/** What each operation takes. */
export const INPUT_SHAPES = {
  Invoke: structure({
    FunctionName: needed(FUNCTION),
    InvocationType: { type: 'string', enum: ['Event', 'RequestResponse', 'DryRun'] },
    LogType: { type: 'string', enum: ['None', 'Tail'] },
    ClientContext: { type: 'string' },
    Payload: { type: 'json' },
    Qualifier: QUALIFIER,
  }),
  CreateEventSourceMapping: structure({ ...MAPPING, FunctionName: needed(FUNCTION), EventSourceArn: text(1, 1_024) }),
  UpdateEventSourceMapping: structure({ ...MAPPING, UUID: needed(UUID), FunctionName: FUNCTION }),
  GetEventSourceMapping: structure({ UUID: needed(UUID) }),
  DeleteEventSourceMapping: structure({ UUID: needed(UUID) }),
  ListEventSourceMappings: structure({ EventSourceArn: text(1, 1_024), FunctionName: FUNCTION, Marker: { type: 'string' }, MaxItems: integer(1, 10_000) }),
  PutFunctionEventInvokeConfig: structure(INVOKE_CONFIG),
  UpdateFunctionEventInvokeConfig: structure(INVOKE_CONFIG),
  GetFunctionEventInvokeConfig: structure({ FunctionName: needed(FUNCTION), Qualifier: QUALIFIER }),
  DeleteFunctionEventInvokeConfig: structure({ FunctionName: needed(FUNCTION), Qualifier: QUALIFIER }),
  ListFunctionEventInvokeConfigs: structure({ FunctionName: needed(FUNCTION), Marker: { type: 'string' }, MaxItems: integer(1, 50) }),
} as const satisfies Readonly<Record<string, StructureShape>>;

/** An event for the queue of a function, as the door of functions hands it over; not an operation of Lambda. */
export const QUEUE_EVENT = structure({ FunctionArn: needed({ type: 'string' }), Payload: { type: 'json' }, DeadLetterTargetArn: { type: 'string' } });
