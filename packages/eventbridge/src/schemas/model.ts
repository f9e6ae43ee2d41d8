import type { ErrorTable, ServiceModel, Shape, StructureShape } from '@interstate/service-kit';

const text: Shape = { type: 'string', min: 1, max: 2048 };
const page = { Limit: { type: 'integer', min: 1, max: 100 }, NextToken: text } as const;
const required = { ...text, required: true } as const;
const structure = (members: StructureShape['members'] = {}): StructureShape => ({ type: 'structure', members });
const DISCOVERER = structure({ DiscovererId: required });
const SCHEMA = { RegistryName: required, SchemaName: required };
const TYPE: Shape = { type: 'string', enum: ['OpenApi3', 'JSONSchemaDraft4'] };

/** What the operations take that are offered of the 31. @see https://docs.aws.amazon.com/eventbridge/latest/schema-reference/operations.html */
export const SCHEMAS_SHAPES = {
  CreateDiscoverer: structure({ SourceArn: required, Description: { type: 'string', max: 256 }, CrossAccount: { type: 'boolean' }, Tags: { type: 'map', value: { type: 'string', max: 256 }, max: 50 } }),
  DeleteDiscoverer: DISCOVERER,
  DescribeDiscoverer: DISCOVERER,
  DescribeSchema: structure({ ...SCHEMA, SchemaVersion: text }),
  ExportSchema: structure({ ...SCHEMA, SchemaVersion: text, Type: { ...TYPE, required: true } }),
  GetCodeBindingSource: structure({ ...SCHEMA, SchemaVersion: text, Language: { type: 'string', enum: ['TypeScript3'], required: true } }),
  GetDiscoveredSchema: structure({ Events: { type: 'list', member: { type: 'string', min: 1, max: 100_000 }, min: 1, max: 10, required: true }, Type: { ...TYPE, required: true } }),
  ListDiscoverers: structure({ ...page, DiscovererIdPrefix: text, SourceArnPrefix: text }),
  ListSchemas: structure({ ...page, RegistryName: required, SchemaNamePrefix: text }),
  ListSchemaVersions: structure({ ...page, ...SCHEMA }),
  StartDiscoverer: DISCOVERER,
  StopDiscoverer: DISCOVERER,
} as const satisfies Readonly<Record<string, StructureShape>>;

const DOCS = 'https://docs.aws.amazon.com/eventbridge/latest/schema-reference/operations.html';

export const SCHEMAS_ERRORS = {
  BadRequestException: { message: '{reason}', status: 400, docs: DOCS },
  ConflictException: { message: '{reason}', status: 409, docs: DOCS },
  NotFoundException: { message: '{reason}', status: 404, docs: DOCS },
  UnknownOperationException: { message: '{reason}', status: 404, unmodelled: true, docs: DOCS },
} as const satisfies ErrorTable;

export const SCHEMAS_MODEL: ServiceModel = {
  serviceId: 'schemas',
  protocol: 'rest-json',
  operations: SCHEMAS_SHAPES,
  errors: SCHEMAS_ERRORS,
  blobs: new Set(['Body']),
  times: new Set(['LastModified', 'VersionCreatedDate']),
  timeFormat: 'iso',
  wireNames: { Tags: 'tags' },
  rest: { GetCodeBindingSource: { body: 'Body', headers: {} } },
};
