import type { Nothing } from './common-members.ts';

type ApiDestinationHttpMethod = 'POST' | 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'DELETE';
type ApiDestinationState = 'ACTIVE' | 'INACTIVE';
interface ApiDestination {
  ApiDestinationArn?: string;
  Name?: string;
  ApiDestinationState?: ApiDestinationState;
  ConnectionArn?: string;
  InvocationEndpoint?: string;
  HttpMethod?: ApiDestinationHttpMethod;
  InvocationRateLimitPerSecond?: number;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}

/** Operations of API destinations. */
export interface ApiDestinationOperations {
  createApiDestination: [
    {
      Name: string;
      Description?: string;
      ConnectionArn: string;
      InvocationEndpoint: string;
      HttpMethod: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
    },
    {
      ApiDestinationArn: string;
      ApiDestinationState: ApiDestinationState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  deleteApiDestination: [{ Name: string }, Nothing];
  describeApiDestination: [
    { Name: string },
    {
      ApiDestinationArn: string;
      Name?: string;
      Description?: string;
      ApiDestinationState: ApiDestinationState;
      ConnectionArn: string;
      InvocationEndpoint?: string;
      HttpMethod?: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  listApiDestinations: [
    { NamePrefix?: string; ConnectionArn?: string; NextToken?: string; Limit?: number },
    { ApiDestinations: ApiDestination[]; NextToken?: string },
  ];
  updateApiDestination: [
    {
      Name: string;
      Description?: string;
      ConnectionArn?: string;
      InvocationEndpoint?: string;
      HttpMethod?: ApiDestinationHttpMethod;
      InvocationRateLimitPerSecond?: number;
    },
    {
      ApiDestinationArn: string;
      ApiDestinationState: ApiDestinationState;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
}
