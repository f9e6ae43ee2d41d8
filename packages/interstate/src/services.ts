import type { Kms, ServiceAdapter } from '@interstate/service-kit';

/** Options of the modelled services beside Step Functions, by service. */
export interface ServiceOptions {}

/** Their clients, in the shape of the AWS SDK's. */
export interface ServiceClients {}

/** Where a cloud's resources live. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly kms: Kms;
  /** Services need a policy that lets them in, as on AWS. */
  readonly enforcePolicies: boolean;
}

/** The one list that names every modelled service beside Step Functions. */
export function adaptersOf(_place: Place, _options: ServiceOptions): readonly ServiceAdapter[] {
  return [];
}
