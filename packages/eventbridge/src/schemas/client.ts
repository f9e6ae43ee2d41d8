import type { ResponseMetadata } from '@interstate/service-kit';

interface Discoverer {
  DiscovererArn: string;
  DiscovererId: string;
  SourceArn: string;
  State: 'STARTED' | 'STOPPED';
  Description?: string;
  CrossAccount?: boolean;
  Tags?: Record<string, string>;
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
  Limit?: number;
  NextToken?: string;
}
interface OneSchema {
  RegistryName: string;
  SchemaName: string;
  SchemaVersion?: string;
}
/** Bytes that know how to be text. */
type Bytes = Uint8Array & { transformToString(encoding?: string): string };
type Id = { DiscovererId: string };
type SchemaType = 'OpenApi3' | 'JSONSchemaDraft4';

interface Operations {
  createDiscoverer: [{ SourceArn: string; Description?: string; CrossAccount?: boolean; Tags?: Record<string, string> }, Discoverer];
  deleteDiscoverer: [Id, object];
  describeDiscoverer: [Id, Discoverer];
  describeSchema: [OneSchema, DescribedSchema];
  /** `Type`: OpenApi3 or JSONSchemaDraft4. */
  exportSchema: [OneSchema & { Type: string }, Omit<DescribedSchema, 'LastModified' | 'VersionCreatedDate'>];
  /** `Language`: TypeScript3. */
  getCodeBindingSource: [OneSchema & { Language: string }, { Body: Bytes }];
  getDiscoveredSchema: [{ Events: string[]; Type: SchemaType }, { Content: string }];
  listDiscoverers: [Page & { DiscovererIdPrefix?: string; SourceArnPrefix?: string }, { Discoverers: Discoverer[]; NextToken?: string }];
  listSchemas: [Page & { RegistryName: string; SchemaNamePrefix?: string }, { Schemas: { SchemaArn: string; SchemaName: string; VersionCount: number; LastModified: Date }[]; NextToken?: string }];
  listSchemaVersions: [Page & OneSchema, { SchemaVersions: { SchemaArn: string; SchemaName: string; SchemaVersion: string; Type: 'OpenApi3' }[]; NextToken?: string }];
  startDiscoverer: [Id, { DiscovererId: string; State: 'STARTED' }];
  stopDiscoverer: [Id, { DiscovererId: string; State: 'STOPPED' }];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Discovered schemas: the operations offered of `new Schemas({})` of the AWS SDK. */
export type Schemas = {
  readonly [K in keyof Operations]: (input: Given<Operations[K][0]>) => Promise<Operations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
