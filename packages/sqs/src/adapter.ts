import type { Machine } from '@interstate/kernel';
import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { DIRECTORY_KIND, directoryMachine } from './directory.ts';
import { SQS_LIMITS, type SqsLimits } from './limits.ts';
import { SQS_MODEL } from './model.ts';
import { createAddressOf, type Place } from './names.ts';
import { queueMachine } from './queue.ts';

export interface SqsOptions extends Place {
  /** The account's keys, for queues with server-side encryption. */
  readonly kms: Kms;
  /** AWS's limits, relaxed by name. `deletedQueueSeconds: 0` lets a deleted queue's name be used at once. */
  readonly limits?: Partial<SqsLimits>;
  /** True: services need a queue policy that lets them, as on AWS. Default: one is asked only where there is one. */
  readonly enforcePolicies?: boolean;
}

/** Amazon SQS: its machines, and what clients must know. */
export function sqs({ region, account, kms, limits, enforcePolicies = false }: SqsOptions): ServiceAdapter {
  const directory = `arn:aws:sqs:${region}:${account}:directory/`;
  const options = { region, account, directory, kms, enforcePolicies, limits: { ...SQS_LIMITS, ...limits } };
  return {
    service: 'sqs',
    machines: [directoryMachine(options), queueMachine(options)] as unknown as readonly Machine[],
    services: [{ model: SQS_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: createAddressOf(region, directory) }],
    // Queues that are not there.
    // Not `arn:*:sqs:*`, which Task resources such as arn:aws:states:::sqs:sendMessage fit as well.
    forwards: ['aws', 'aws-cn', 'aws-us-gov'].map((partition) => ({ resource: `arn:${partition}:sqs:*`, to: directory })),
  };
}
