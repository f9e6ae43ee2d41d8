import type { Kms } from '@interstate/service-kit';
import type { Home } from './arns.ts';
import type { SnsLimits } from './limits.ts';

/** What the machines of the service are made with. */
export interface MachineOptions extends Home {
  readonly directory: string;
  readonly limits: SnsLimits;
  /** Where links in messages lead: `https://sns.us-east-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly signing: Signing;
  readonly enforcePolicies: boolean;
  readonly kms: Kms | undefined;
  readonly sms: SmsOptions;
}

/** What signs messages. */
export interface Signing {
  /** PKCS#8 as PEM. */
  readonly privateKey: string;
  /** Where verifiers are told to get the certificate. */
  readonly certificateUrl: string;
}

/** The account's standing with SMS. */
export interface SmsOptions {
  /** Only verified numbers of the sandbox get messages, as in a new account. Default false: the account has left the sandbox. */
  readonly sandbox?: boolean;
  /** US dollars a message part costs, for MonthlySpendLimit and MaxPrice. Default 0.00645. */
  readonly pricePerPart?: number;
  /** Numbers that have replied STOP from the start, in E.164. */
  readonly optedOut?: readonly string[];
  /** Numbers the account has, as ListOriginationNumbers shows them. */
  readonly originationNumbers?: readonly OriginationNumber[];
}

export interface OriginationNumber {
  readonly PhoneNumber: string;
  readonly Iso2CountryCode?: string;
  readonly RouteType?: 'Transactional' | 'Promotional' | 'Premium';
  readonly NumberCapabilities?: readonly ('SMS' | 'MMS' | 'VOICE')[];
}
