import type { ResponseMetadata } from '@interstate/service-kit';

interface Discoverer {
  DiscovererArn: string;
  DiscovererId: string;
  SourceArn: string;
  State: 'STARTED' | 'STOPPED';
  Description?: string;
}
interface DescribedSchema {
  Content: string;
  SchemaArn: string;
  SchemaName: string;
  SchemaVersion: string;
  Type: 'OpenApi3' | 'JSONSchemaDraft4';
  LastModified: Date;
  VersionCreatedDate: Date;
}
interface Page {
  Limit?: number | undefined;
  NextToken?: string | undefined;
}
interface OneSchema {
  RegistryName: string;
  SchemaName: string;
  SchemaVersion?: string | undefined;
}
type Id = { DiscovererId: string };
type SchemaType = { Type: 'OpenApi3' | 'JSONSchemaDraft4' };

interface Operations {
  createDiscoverer: [{ SourceArn: string; Description?: string | undefined; CrossAccount?: boolean | undefined }, Discoverer];
  deleteDiscoverer: [Id, object];
  describeDiscoverer: [Id, Discoverer];
  describeSchema: [OneSchema, DescribedSchema];
  exportSchema: [OneSchema & SchemaType, Omit<DescribedSchema, 'LastModified' | 'VersionCreatedDate'>];
  getCodeBindingSource: [OneSchema & { Language: 'TypeScript3' }, { Body: Uint8Array }];
  getDiscoveredSchema: [{ Events: string[] } & SchemaType, { Content: string }];
  listDiscoverers: [Page & { DiscovererIdPrefix?: string | undefined; SourceArnPrefix?: string | undefined }, { Discoverers: Discoverer[]; NextToken?: string }];
  listSchemas: [Page & { RegistryName: string; SchemaNamePrefix?: string | undefined }, { Schemas: { SchemaArn: string; SchemaName: string; VersionCount: number; LastModified: Date }[]; NextToken?: string }];
  listSchemaVersions: [Page & OneSchema, { SchemaVersions: { SchemaArn: string; SchemaName: string; SchemaVersion: string; Type: 'OpenApi3' }[]; NextToken?: string }];
  startDiscoverer: [Id, { DiscovererId: string; State: 'STARTED' }];
  stopDiscoverer: [Id, { DiscovererId: string; State: 'STOPPED' }];
}

/** Discovered schemas: the operations offered of `new Schemas({})` of the AWS SDK. */
export type Schemas = {
  readonly [K in keyof Operations]: (input: Operations[K][0]) => Promise<Operations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
