import type { Address, Json } from '@interstate/kernel';
import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { addressOf, directoryAddress } from './arns.ts';
import { createOutbox, type Outbox, type Transports } from './connectors/outbox.ts';
import { DEVELOPMENT_KEY } from './development-key.ts';
import { directoryMachine, DIRECTORY_KIND } from './directory.ts';
import { SNS_LIMITS, type SnsLimits } from './limits.ts';
import { SNS_MODEL } from './model.ts';
import type { MachineOptions, SmsOptions } from './options.ts';
import { OUTBOX_ADDRESS } from './outbox.ts';
import { topicMachine } from './topic.ts';

/** What an application decides. */
export interface SnsOptions {
  /** AWS's limits, relaxed by name. */
  readonly limits?: Partial<SnsLimits>;
  /** What carries messages for people out of the process. */
  readonly transports?: Transports;
  readonly sms?: SmsOptions;
  /** What signs messages. Default: a key everybody has. `certificateUrl` must be `https` and end in `.pem` for verifiers. */
  readonly signing?: { readonly privateKey: string; readonly certificateUrl?: string };
  /** Where links in messages lead. Default `https://sns.<region>.amazonaws.com`, where nothing of this cloud is: see `visit`. */
  readonly endpoint?: string;
}

/** What the host decides. */
export interface SnsPlace {
  readonly region: string;
  readonly account: string;
  readonly kms?: Kms;
  readonly enforcePolicies?: boolean;
}

export interface SnsAdapter extends ServiceAdapter {
  readonly service: 'sns';
  /** What was sent to people. */
  readonly outbox: Outbox;
  /** Where the directory lives. */
  readonly directory: Address;
  /** What the directory is told when a person replies STOP. */
  readonly optOutNotice: (phoneNumber: string) => Json;
}

const CERTIFICATE_NAME = 'SimpleNotificationService-interstate-development.pem';

export function sns({ region, account, kms, enforcePolicies = false }: SnsPlace, { limits, transports = {}, sms = {}, signing, endpoint = `https://sns.${region}.amazonaws.com` }: SnsOptions = {}): SnsAdapter {
  const home = { region, account };
  const directory = directoryAddress(home);
  const options: MachineOptions = {
    directory,
    limits: { ...SNS_LIMITS, ...limits },
    endpoint,
    signing: { privateKey: signing?.privateKey ?? DEVELOPMENT_KEY, certificateUrl: signing?.certificateUrl ?? `https://sns.${region}.amazonaws.com/${CERTIFICATE_NAME}` },
    enforcePolicies,
    kms,
    sms,
    ...home,
  };
  const { outbox, connector } = createOutbox(transports);
  return {
    service: 'sns',
    machines: [directoryMachine(options), topicMachine(options)] as SnsAdapter['machines'],
    services: [{ model: SNS_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: addressOf(home) }],
    // Topics there are none of, in any region, are answered for by the directory.
    // Not `arn:*:sns:*`, which Task resources such as arn:aws:states:::sns:publish fit as well.
    forwards: ['aws', 'aws-cn', 'aws-us-gov'].map((partition) => ({ resource: `arn:${partition}:sns:*`, to: directory })),
    connectors: { [OUTBOX_ADDRESS]: connector },
    outbox,
    directory,
    optOutNotice: (phoneNumber) => ({ type: 'optOut', phoneNumber }),
  };
}
