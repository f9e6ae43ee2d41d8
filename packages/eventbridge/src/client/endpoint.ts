import type { Nothing } from './common-members.ts';

interface RoutingConfig {
  FailoverConfig: FailoverConfig;
}
interface FailoverConfig {
  Primary: Primary;
  Secondary: Secondary;
}
interface Primary {
  HealthCheck: string;
}
interface Secondary {
  Route: string;
}
interface ReplicationConfig {
  State?: 'ENABLED' | 'DISABLED';
}
interface EndpointEventBus {
  EventBusArn: string;
}
type EndpointState = 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'DELETE_FAILED';
interface Endpoint {
  Name?: string;
  Description?: string;
  Arn?: string;
  RoutingConfig?: RoutingConfig;
  ReplicationConfig?: ReplicationConfig;
  EventBuses?: EndpointEventBus[];
  RoleArn?: string;
  EndpointId?: string;
  EndpointUrl?: string;
  State?: EndpointState;
  StateReason?: string;
  CreationTime?: Date;
  LastModifiedTime?: Date;
}

/** Operations of global endpoints. */
export interface EndpointOperations {
  createEndpoint: [
    {
      Name: string;
      Description?: string;
      RoutingConfig: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
    },
    {
      Name?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      State: EndpointState;
    },
  ];
  deleteEndpoint: [{ Name: string }, Nothing];
  describeEndpoint: [
    { Name: string; HomeRegion?: string },
    {
      Name?: string;
      Description?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      EndpointId?: string;
      EndpointUrl?: string;
      State: EndpointState;
      StateReason?: string;
      CreationTime: Date;
      LastModifiedTime?: Date;
    },
  ];
  listEndpoints: [
    { NamePrefix?: string; HomeRegion?: string; NextToken?: string; MaxResults?: number },
    { Endpoints: Endpoint[]; NextToken?: string },
  ];
  updateEndpoint: [
    {
      Name: string;
      Description?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses?: EndpointEventBus[];
      RoleArn?: string;
    },
    {
      Name?: string;
      Arn?: string;
      RoutingConfig?: RoutingConfig;
      ReplicationConfig?: ReplicationConfig;
      EventBuses: EndpointEventBus[];
      RoleArn?: string;
      EndpointId?: string;
      EndpointUrl?: string;
      State: EndpointState;
    },
  ];
}
