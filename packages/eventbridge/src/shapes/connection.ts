// AWS prints its patterns with these escapes.
/* eslint-disable no-useless-escape */
import type { Shape, StructureShape } from '@interstate/service-kit';
import { oneOf, required, structure, text, whole } from './shape.ts';
import { FLAG, HTTPS_ENDPOINT, KMS_KEY_IDENTIFIER, LIMIT_MAX100 } from './common-members.ts';

const CONNECTION_NAME: Shape = { ...text(1, 64), pattern: whole(/[\.\-_A-Za-z0-9]+/) };
const CONNECTION_DESCRIPTION: Shape = { ...text(undefined, 512), pattern: whole(/.*/) };
const CONNECTION_AUTHORIZATION_TYPE: Shape = oneOf('BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY');
const AUTH_HEADER_PARAMETERS: Shape = { ...text(1, 512), pattern: whole(/^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$/, /[^\x00-\x08\x0A-\x1F:\x7F]+/) };
const AUTH_HEADER_PARAMETERS_SENSITIVE: Shape = { ...text(1, 512), pattern: whole(/^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$/, /[^\x00-\x08\x0A-\x1F:\x7F]+/) };
const CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS = structure({ Username: required(AUTH_HEADER_PARAMETERS), Password: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionBasicAuthRequestParameters');
const CREATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS = structure({ ClientID: required(AUTH_HEADER_PARAMETERS), ClientSecret: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionOAuthClientRequestParameters');
const CONNECTION_OAUTH_HTTP_METHOD: Shape = oneOf('GET', 'POST', 'PUT');
const HEADER_KEY: Shape = { ...text(undefined, 512), pattern: whole(/^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$/) };
const HEADER_VALUE_SENSITIVE: Shape = { ...text(undefined, 512), pattern: whole(/^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$/, /[\t\x20-\x7E]+/) };
const CONNECTION_HEADER_PARAMETER = structure({ Key: HEADER_KEY, Value: HEADER_VALUE_SENSITIVE, IsValueSecret: FLAG }, 'ConnectionHeaderParameter');
const QUERY_STRING_KEY: Shape = { ...text(undefined, 512), pattern: whole(/[^\x00-\x1F\x7F]+/) };
const QUERY_STRING_VALUE_SENSITIVE: Shape = { ...text(undefined, 512), pattern: whole(/[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+/) };
const CONNECTION_QUERY_STRING_PARAMETER = structure({ Key: QUERY_STRING_KEY, Value: QUERY_STRING_VALUE_SENSITIVE, IsValueSecret: FLAG }, 'ConnectionQueryStringParameter');
const CONNECTION_BODY_PARAMETER = structure({ Key: text(), Value: text(), IsValueSecret: FLAG }, 'ConnectionBodyParameter');
const CONNECTION_HTTP_PARAMETERS = structure({
  HeaderParameters: { type: 'list', member: CONNECTION_HEADER_PARAMETER, min: 0, max: 100 },
  QueryStringParameters: { type: 'list', member: CONNECTION_QUERY_STRING_PARAMETER, min: 0, max: 100 },
  BodyParameters: { type: 'list', member: CONNECTION_BODY_PARAMETER, min: 0, max: 100 },
}, 'ConnectionHttpParameters');
const CREATE_CONNECTION_OAUTH_REQUEST_PARAMETERS = structure({
  ClientParameters: required(CREATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS),
  AuthorizationEndpoint: required(HTTPS_ENDPOINT),
  HttpMethod: required(CONNECTION_OAUTH_HTTP_METHOD),
  OAuthHttpParameters: CONNECTION_HTTP_PARAMETERS,
}, 'CreateConnectionOAuthRequestParameters');
const CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS = structure({ ApiKeyName: required(AUTH_HEADER_PARAMETERS), ApiKeyValue: required(AUTH_HEADER_PARAMETERS_SENSITIVE) }, 'CreateConnectionApiKeyAuthRequestParameters');
const RESOURCE_CONFIGURATION_ARN: Shape = { ...text(0, 2048), pattern: whole(/^(?:^arn:[a-z0-9\-]+:vpc-lattice:[a-zA-Z0-9\-]+:\d{12}:resourceconfiguration\/rcfg-[0-9a-z]{17}$|^$)/) };
const CONNECTIVITY_RESOURCE_CONFIGURATION_ARN = structure({ ResourceConfigurationArn: required(RESOURCE_CONFIGURATION_ARN) }, 'ConnectivityResourceConfigurationArn');
const CONNECTIVITY_RESOURCE_PARAMETERS = structure({ ResourceParameters: required(CONNECTIVITY_RESOURCE_CONFIGURATION_ARN) }, 'ConnectivityResourceParameters');
const CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS = structure({
  BasicAuthParameters: CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS,
  OAuthParameters: CREATE_CONNECTION_OAUTH_REQUEST_PARAMETERS,
  ApiKeyAuthParameters: CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS,
  InvocationHttpParameters: CONNECTION_HTTP_PARAMETERS,
  ConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
}, 'CreateConnectionAuthRequestParameters');
const CONNECTION_STATE: Shape = oneOf('CREATING', 'UPDATING', 'DELETING', 'AUTHORIZED', 'DEAUTHORIZED', 'AUTHORIZING', 'DEAUTHORIZING', 'ACTIVE', 'FAILED_CONNECTIVITY');
const UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS = structure({ Username: AUTH_HEADER_PARAMETERS, Password: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionBasicAuthRequestParameters');
const UPDATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS = structure({ ClientID: AUTH_HEADER_PARAMETERS, ClientSecret: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionOAuthClientRequestParameters');
const UPDATE_CONNECTION_OAUTH_REQUEST_PARAMETERS = structure({
  ClientParameters: UPDATE_CONNECTION_OAUTH_CLIENT_REQUEST_PARAMETERS,
  AuthorizationEndpoint: HTTPS_ENDPOINT,
  HttpMethod: CONNECTION_OAUTH_HTTP_METHOD,
  OAuthHttpParameters: CONNECTION_HTTP_PARAMETERS,
}, 'UpdateConnectionOAuthRequestParameters');
const UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS = structure({ ApiKeyName: AUTH_HEADER_PARAMETERS, ApiKeyValue: AUTH_HEADER_PARAMETERS_SENSITIVE }, 'UpdateConnectionApiKeyAuthRequestParameters');
const UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS = structure({
  BasicAuthParameters: UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS,
  OAuthParameters: UPDATE_CONNECTION_OAUTH_REQUEST_PARAMETERS,
  ApiKeyAuthParameters: UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS,
  InvocationHttpParameters: CONNECTION_HTTP_PARAMETERS,
  ConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
}, 'UpdateConnectionAuthRequestParameters');

/** What the operations of connections take. */
export const CONNECTION_SHAPES = {
  CreateConnection: structure({
    Name: required(CONNECTION_NAME),
    Description: CONNECTION_DESCRIPTION,
    AuthorizationType: required(CONNECTION_AUTHORIZATION_TYPE),
    AuthParameters: required(CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS),
    InvocationConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
  DeauthorizeConnection: structure({ Name: required(CONNECTION_NAME) }),
  DeleteConnection: structure({ Name: required(CONNECTION_NAME) }),
  DescribeConnection: structure({ Name: required(CONNECTION_NAME) }),
  ListConnections: structure({
    NamePrefix: CONNECTION_NAME,
    ConnectionState: CONNECTION_STATE,
    NextToken: text(1, 2048),
    Limit: LIMIT_MAX100,
  }),
  UpdateConnection: structure({
    Name: required(CONNECTION_NAME),
    Description: CONNECTION_DESCRIPTION,
    AuthorizationType: CONNECTION_AUTHORIZATION_TYPE,
    AuthParameters: UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS,
    InvocationConnectivityParameters: CONNECTIVITY_RESOURCE_PARAMETERS,
    KmsKeyIdentifier: KMS_KEY_IDENTIFIER,
  }),
} as const satisfies Readonly<Record<string, StructureShape>>;
