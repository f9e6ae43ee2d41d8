import { eventBridge, pipes, scheduler, type EventBridge, type EventBridgeLimits, type Pipes, type Schemas, type Scheduler, type SchedulerOptions, type Sources } from '@interstate/eventbridge';
import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { sns, type Sns, type SnsOptions } from '@interstate/sns';
import { sqs, type Sqs, type SqsLimits } from '@interstate/sqs';
import { statusEventSource } from '@interstate/states';

/** Options of the modelled services beside Step Functions, by service. */
export interface ServiceOptions {
  /** EventBridge's limits, relaxed by name. */
  readonly eventBridge?: { readonly limits?: Partial<EventBridgeLimits> };
  /** EventBridge Scheduler: limits, relaxed by name; where in its flexible window a schedule is invoked. */
  readonly scheduler?: Pick<SchedulerOptions, 'limits' | 'flexibleWindow'>;
  /** SNS: limits, relaxed by name; what carries e-mails, text messages and push notifications; SMS; signing. */
  readonly sns?: SnsOptions;
  /** SQS's limits, relaxed by name. */
  readonly sqs?: { readonly limits?: Partial<SqsLimits> };
}

/** Their clients, in the shape of the AWS SDK's. */
export interface ServiceClients {
  readonly eventBridge: EventBridge;
  /** Schemas discovered of the events on a bus. */
  readonly schemas: Schemas;
  readonly pipes: Pipes;
  readonly scheduler: Scheduler;
  readonly sns: Sns;
  /** Streams, topics and brokers' queues in memory, for pipes to read. */
  readonly sources: Sources;
  readonly sqs: Sqs;
}

/** Where a cloud's resources live. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly kms: Kms;
  /** Services need a policy that lets them in, as on AWS. */
  readonly enforcePolicies: boolean;
  /** Whether an adapter of the application's answers at an address. */
  readonly reaches: (address: string) => boolean;
}

/** The one list that names every modelled service beside Step Functions. */
export function adaptersOf(place: Place, options: ServiceOptions): readonly ServiceAdapter[] {
  const { region, account, kms, enforcePolicies, reaches } = place;
  return [
    eventBridge({ region, account, kms, ...options.eventBridge, sources: [statusEventSource(region, account)] }),
    pipes({ region, account, kms, reaches }),
    scheduler({ region, account, kms, ...options.scheduler }),
    sns({ region, account, kms, enforcePolicies }, options.sns),
    sqs({ region, account, kms, enforcePolicies, ...options.sqs }),
  ];
}
