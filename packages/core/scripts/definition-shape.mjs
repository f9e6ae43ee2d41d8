// The shape of a definition as JSON schemas: types, ranges, alternatives of a value, and what must be there.
// Which fields a state may have at all, and what they mean, is the business of src/validation/rules.

const MAX_SECONDS = 99_999_999;

const string = { type: 'string' };
const boolean = { type: 'boolean' };
const object = { type: 'object' };
const path = { type: 'string' };
const pathOrNull = { type: ['string', 'null'] };
const anything = {};
const oneOf = (...values) => ({ enum: values });
const filled = (items) => ({ type: 'array', minItems: 1, items });

/** Values that JSONata states may also give as an expression; whether a string is one, rules/jsonata-expressions says. */
const literals = {
  JSONPath: {
    integer: (minimum, maximum) => ({ type: 'integer', minimum, ...(maximum !== undefined && { maximum }) }),
    number: (minimum, maximum) => ({ type: 'number', minimum, ...(maximum !== undefined && { maximum }) }),
    boolean: () => boolean,
    object: () => object,
    array: () => ({ type: 'array' }),
  },
  JSONata: {
    integer: (minimum, maximum) => ({ type: ['integer', 'string'], minimum, ...(maximum !== undefined && { maximum }) }),
    number: (minimum, maximum) => ({ type: ['number', 'string'], minimum, ...(maximum !== undefined && { maximum }) }),
    boolean: () => ({ type: ['boolean', 'string'] }),
    object: () => ({ type: ['object', 'string'] }),
    array: () => ({ type: ['array', 'string'] }),
  },
};

const retrier = {
  type: 'object',
  required: ['ErrorEquals'],
  properties: {
    Comment: string,
    ErrorEquals: filled(string),
    IntervalSeconds: { type: 'integer', minimum: 0, maximum: MAX_SECONDS },
    MaxAttempts: { type: 'integer', minimum: 0, maximum: MAX_SECONDS },
    BackoffRate: { type: 'number', minimum: 1 },
    MaxDelaySeconds: { type: 'integer', minimum: 1, maximum: 31_622_400 },
    JitterStrategy: oneOf('NONE', 'FULL'),
  },
};

const catcher = {
  type: 'object',
  required: ['ErrorEquals', 'Next'],
  properties: { Comment: string, ErrorEquals: filled(string), Next: string, ResultPath: pathOrNull, Assign: object },
};

const comparisons = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const operators = { BooleanEquals: boolean, BooleanEqualsPath: path, StringMatches: string };
for (const [kind, type] of [['String', string], ['Numeric', { type: 'number' }], ['Timestamp', string]]) {
  for (const comparison of comparisons) {
    operators[`${kind}${comparison}`] = type;
    operators[`${kind}${comparison}Path`] = path;
  }
}
for (const kind of ['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp']) operators[`Is${kind}`] = boolean;

const condition = {
  type: 'object',
  properties: {
    Comment: string,
    Variable: path,
    ...operators,
    And: filled({ $ref: 'Condition' }),
    Or: filled({ $ref: 'Condition' }),
    Not: { $ref: 'Condition' },
  },
};

const choiceRules = {
  JSONPath: filled({
    allOf: [{ $ref: 'Condition' }, { type: 'object', required: ['Next'], properties: { Next: string, Assign: object } }],
  }),
  JSONata: filled({
    type: 'object',
    required: ['Next'],
    properties: { Comment: string, Next: string, Condition: { type: ['boolean', 'string'] }, Assign: object },
  }),
};

function state(required, properties) {
  return {
    type: 'object',
    required,
    properties,
  };
}

/** What all states have in common; `Type` is looked at before. */
const stateFields = {
  type: 'object',
  properties: {
    Comment: string,
    QueryLanguage: oneOf('JSONPath', 'JSONata'),
    Next: string,
    End: boolean,
    Assign: object,
    InputPath: pathOrNull,
    OutputPath: pathOrNull,
    ResultPath: pathOrNull,
    ResultSelector: object,
  },
};

function itemReader(language) {
  const value = literals[language];
  return {
    type: 'object',
    required: ['Resource'],
    properties: {
      Resource: string,
      Parameters: object,
      Arguments: value.object(),
      ReaderConfig: {
        type: 'object',
        properties: {
          InputType: oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'),
          CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
          CSVHeaders: { type: 'array', items: string },
          CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
          ManifestType: oneOf('S3_INVENTORY', 'ATHENA_DATA'),
          Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
          ItemsPointer: string,
          MaxItems: value.integer(0, 100_000_000),
          MaxItemsPath: path,
        },
      },
    },
  };
}

function mapProperties(language) {
  const value = literals[language];
  return {
    ItemProcessor: object,
    Iterator: object,
    ItemsPath: path,
    Items: value.array(),
    Parameters: object,
    ItemSelector: value.object(),
    MaxConcurrency: value.integer(0),
    MaxConcurrencyPath: path,
    ToleratedFailureCount: value.integer(0),
    ToleratedFailureCountPath: path,
    ToleratedFailurePercentage: value.number(0, 100),
    ToleratedFailurePercentagePath: path,
    Label: string,
    ItemReader: itemReader(language),
    ItemBatcher: {
      type: 'object',
      properties: {
        MaxItemsPerBatch: value.integer(0),
        MaxItemsPerBatchPath: path,
        MaxInputBytesPerBatch: value.integer(0, 262_144),
        MaxInputBytesPerBatchPath: path,
        BatchInput: anything,
      },
    },
    ResultWriter: {
      type: 'object',
      properties: {
        Resource: string,
        Parameters: object,
        Arguments: value.object(),
        WriterConfig: {
          type: 'object',
          properties: { Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'), OutputType: oneOf('JSON', 'JSONL') },
        },
      },
    },
    Retry: { type: 'array', items: { $ref: 'Retrier' } },
    Catch: { type: 'array', items: { $ref: 'Catcher' } },
  };
}

function states(language) {
  const value = literals[language];
  return {
    Pass: state([], {}),
    Succeed: state([], {}),
    Fail: state([], { Error: string, Cause: string, ErrorPath: string, CausePath: string }),
    Wait: state([], { Seconds: value.integer(0, MAX_SECONDS), Timestamp: string, SecondsPath: path, TimestampPath: path }),
    Choice: state(['Choices'], { Choices: choiceRules[language], Default: string }),
    Task: state(['Resource'], {
      Resource: string,
      TimeoutSeconds: value.integer(1, MAX_SECONDS),
      TimeoutSecondsPath: path,
      HeartbeatSeconds: value.integer(1, MAX_SECONDS),
      HeartbeatSecondsPath: path,
      Credentials: value.object(),
      Retry: { type: 'array', items: { $ref: 'Retrier' } },
      Catch: { type: 'array', items: { $ref: 'Catcher' } },
    }),
    Parallel: state(['Branches'], {
      Branches: filled(object),
      Retry: { type: 'array', items: { $ref: 'Retrier' } },
      Catch: { type: 'array', items: { $ref: 'Catcher' } },
    }),
    Map: state([], mapProperties(language)),
  };
}

const group = { StartAt: string, States: { type: 'object', minProperties: 1, additionalProperties: object }, Comment: string };

/** One schema for the root, one for branches and processors, one for all states, one for each type of state and query language. */
export function definitionSchemas() {
  const schemas = {
    Retrier: retrier,
    Catcher: catcher,
    Condition: condition,
    State: stateFields,
    StateMachine: {
      type: 'object',
      required: ['States', 'StartAt'],
      properties: {
        ...group,
        Version: oneOf('1.0'),
        QueryLanguage: oneOf('JSONPath', 'JSONata'),
        TimeoutSeconds: { type: 'integer', minimum: 0, maximum: MAX_SECONDS },
      },
    },
    Branch: {
      type: 'object',
      required: ['States', 'StartAt'],
      properties: {
        ...group,
        ProcessorConfig: {
          type: 'object',
          properties: { Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') },
        },
      },
    },
  };
  for (const language of ['JSONPath', 'JSONata']) {
    for (const [type, schema] of Object.entries(states(language))) {
      if (Object.keys(schema.properties).length > 0) schemas[`${language}${type}`] = schema;
    }
  }
  return schemas;
}
