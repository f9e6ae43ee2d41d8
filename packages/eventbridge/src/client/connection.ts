type ConnectionAuthorizationType = 'BASIC' | 'OAUTH_CLIENT_CREDENTIALS' | 'API_KEY';
interface CreateConnectionAuthRequestParameters {
  BasicAuthParameters?: CreateConnectionBasicAuthRequestParameters;
  OAuthParameters?: CreateConnectionOAuthRequestParameters;
  ApiKeyAuthParameters?: CreateConnectionApiKeyAuthRequestParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: ConnectivityResourceParameters;
}
interface CreateConnectionBasicAuthRequestParameters {
  Username: string;
  Password: string;
}
interface CreateConnectionOAuthRequestParameters {
  ClientParameters: CreateConnectionOAuthClientRequestParameters;
  AuthorizationEndpoint: string;
  HttpMethod: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface CreateConnectionOAuthClientRequestParameters {
  ClientID: string;
  ClientSecret: string;
}
type ConnectionOAuthHttpMethod = 'GET' | 'POST' | 'PUT';
interface ConnectionHttpParameters {
  HeaderParameters?: ConnectionHeaderParameter[];
  QueryStringParameters?: ConnectionQueryStringParameter[];
  BodyParameters?: ConnectionBodyParameter[];
}
interface ConnectionHeaderParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface ConnectionQueryStringParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface ConnectionBodyParameter {
  Key?: string;
  Value?: string;
  IsValueSecret?: boolean;
}
interface CreateConnectionApiKeyAuthRequestParameters {
  ApiKeyName: string;
  ApiKeyValue: string;
}
interface ConnectivityResourceParameters {
  ResourceParameters: ConnectivityResourceConfigurationArn;
}
interface ConnectivityResourceConfigurationArn {
  ResourceConfigurationArn: string;
}
type ConnectionState = 'CREATING' | 'UPDATING' | 'DELETING' | 'AUTHORIZED' | 'DEAUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZING' | 'ACTIVE' | 'FAILED_CONNECTIVITY';
interface DescribeConnectionConnectivityParameters {
  ResourceParameters: DescribeConnectionResourceParameters;
}
interface DescribeConnectionResourceParameters {
  ResourceConfigurationArn: string;
  ResourceAssociationArn: string;
}
interface ConnectionAuthResponseParameters {
  BasicAuthParameters?: ConnectionBasicAuthResponseParameters;
  OAuthParameters?: ConnectionOAuthResponseParameters;
  ApiKeyAuthParameters?: ConnectionApiKeyAuthResponseParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: DescribeConnectionConnectivityParameters;
}
interface ConnectionBasicAuthResponseParameters {
  Username?: string;
}
interface ConnectionOAuthResponseParameters {
  ClientParameters?: ConnectionOAuthClientResponseParameters;
  AuthorizationEndpoint?: string;
  HttpMethod?: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface ConnectionOAuthClientResponseParameters {
  ClientID?: string;
}
interface ConnectionApiKeyAuthResponseParameters {
  ApiKeyName?: string;
}
interface Connection {
  ConnectionArn?: string;
  Name?: string;
  ConnectionState?: ConnectionState;
  StateReason?: string;
  AuthorizationType?: ConnectionAuthorizationType;
  CreationTime?: Date;
  LastModifiedTime?: Date;
  LastAuthorizedTime?: Date;
}
interface UpdateConnectionAuthRequestParameters {
  BasicAuthParameters?: UpdateConnectionBasicAuthRequestParameters;
  OAuthParameters?: UpdateConnectionOAuthRequestParameters;
  ApiKeyAuthParameters?: UpdateConnectionApiKeyAuthRequestParameters;
  InvocationHttpParameters?: ConnectionHttpParameters;
  ConnectivityParameters?: ConnectivityResourceParameters;
}
interface UpdateConnectionBasicAuthRequestParameters {
  Username?: string;
  Password?: string;
}
interface UpdateConnectionOAuthRequestParameters {
  ClientParameters?: UpdateConnectionOAuthClientRequestParameters;
  AuthorizationEndpoint?: string;
  HttpMethod?: ConnectionOAuthHttpMethod;
  OAuthHttpParameters?: ConnectionHttpParameters;
}
interface UpdateConnectionOAuthClientRequestParameters {
  ClientID?: string;
  ClientSecret?: string;
}
interface UpdateConnectionApiKeyAuthRequestParameters {
  ApiKeyName?: string;
  ApiKeyValue?: string;
}

/** Operations of connections. */
export interface ConnectionOperations {
  createConnection: [
    {
      Name: string;
      Description?: string;
      AuthorizationType: ConnectionAuthorizationType;
      AuthParameters: CreateConnectionAuthRequestParameters;
      InvocationConnectivityParameters?: ConnectivityResourceParameters;
      KmsKeyIdentifier?: string;
    },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  deauthorizeConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  deleteConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  describeConnection: [
    { Name: string },
    {
      ConnectionArn: string;
      Name?: string;
      Description?: string;
      InvocationConnectivityParameters?: DescribeConnectionConnectivityParameters;
      ConnectionState: ConnectionState;
      StateReason?: string;
      AuthorizationType?: ConnectionAuthorizationType;
      SecretArn?: string;
      KmsKeyIdentifier?: string;
      AuthParameters?: ConnectionAuthResponseParameters;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
  listConnections: [
    { NamePrefix?: string; ConnectionState?: ConnectionState; NextToken?: string; Limit?: number },
    { Connections: Connection[]; NextToken?: string },
  ];
  updateConnection: [
    {
      Name: string;
      Description?: string;
      AuthorizationType?: ConnectionAuthorizationType;
      AuthParameters?: UpdateConnectionAuthRequestParameters;
      InvocationConnectivityParameters?: ConnectivityResourceParameters;
      KmsKeyIdentifier?: string;
    },
    {
      ConnectionArn: string;
      ConnectionState: ConnectionState;
      CreationTime: Date;
      LastModifiedTime?: Date;
      LastAuthorizedTime?: Date;
    },
  ];
}
