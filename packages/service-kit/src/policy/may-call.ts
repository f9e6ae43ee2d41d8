import { formatTimestamp, type Caller, type EpochMs } from '@interstate/kernel';
import { applies, type Policy, type StatementRequest } from './policy.ts';

/** Who asks for what at a resource. */
export interface PolicyRequest {
  /** `sqs:SendMessage`. */
  readonly action: string;
  /** ARN of the resource. */
  readonly resource: string;
  /** Twelve digits: whose the resource is. */
  readonly account: string;
  /** The service that calls. Absent: {@link principalArn}. */
  readonly caller?: Caller | undefined;
  /** The IAM principal that calls, where no service does. Default: the root of the resource's account. */
  readonly principalArn?: string;
  readonly now: EpochMs;
  /** Condition keys of the service (`sns:Endpoint`), by name in lower case. They win over those known of every request. */
  readonly keys?: Readonly<Record<string, string | readonly string[]>>;
}

/** `denied`: a statement says so. `noStatement`: none speaks of the request. */
export type PolicyDecision = 'allowed' | 'denied' | 'noStatement';

/** What a policy says of a request; a Deny wins. */
export function evaluatePolicy({ statements }: Policy, request: PolicyRequest): PolicyDecision {
  const { caller, account } = request;
  const principalArn = caller ? undefined : (request.principalArn ?? `arn:aws:iam::${account}:root`);
  const principalAccount = principalArn?.split(':')[4];
  const asked: StatementRequest = {
    action: request.action.toLowerCase(),
    resource: request.resource,
    service: caller?.service,
    principalArn,
    principalAccount,
    context: (key) => (request.keys !== undefined && Object.hasOwn(request.keys, key) ? request.keys[key] : knownKey(key, request, principalArn, principalAccount)),
  };
  let decision: PolicyDecision = 'noStatement';
  for (const statement of statements) {
    if (!applies(statement, asked)) continue;
    if (statement.effect === 'Deny') return 'denied';
    decision = 'allowed';
  }
  return decision;
}

/** The global condition keys a request in this process has. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function knownKey(key: string, { caller, account, now }: PolicyRequest, principalArn: string | undefined, principalAccount: string | undefined): string | undefined {
  switch (key) {
    case 'aws:sourcearn':
      return caller?.sourceArn;
    case 'aws:sourceaccount':
      return caller?.account;
    case 'aws:sourceowner':
      return caller?.account ?? principalAccount;
    case 'aws:principalarn':
      return principalArn;
    case 'aws:principalaccount':
      return principalAccount;
    case 'aws:principaltype':
      return principalArn === undefined ? undefined : principalArn.endsWith(':root') ? 'Account' : 'User';
    case 'aws:principalisawsservice':
      return String(caller !== undefined);
    case 'aws:principalservicename':
      return caller?.service;
    case 'aws:resourceaccount':
      return account;
    case 'aws:viaawsservice':
      return 'false';
    case 'aws:securetransport':
      return 'true';
    case 'aws:currenttime':
      return formatTimestamp(now);
    case 'aws:epochtime':
      return String(Math.floor(now / 1000));
    default:
      return undefined;
  }
}

/** Services that call in the name of a role of the account: its rights are those of the account, not of the service. */
const IN_A_ROLE = new Set(['lambda.amazonaws.com', 'pipes.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com']);

/**
 * Whether a resource lets a call in.
 * - A Deny that speaks of the request always refuses it.
 * - A service is let in where a statement allows it. Where the resource has no policy at all, services of its own account are
 *   let in too, which AWS would refuse, unless policies are enforced.
 * - Services that call in a role (mappings, pipes, schedules, state machines) have the rights of the role's account.
 * - The application itself has the rights of the account's root: only a Deny keeps it out. Principals of other accounts need an Allow.
 * @param policy undefined where the resource has none
 */
export function mayCall(policy: Policy | undefined, request: PolicyRequest, { enforce }: { readonly enforce: boolean }): boolean {
  if (!policy) return mayCallByDefault(request, { enforce });
  const decision = evaluatePolicy(policy, request);
  return decision === 'allowed' || (decision === 'noStatement' && mayCallByDefault(request, { enforce: true }));
}

/** The same of a resource without a policy. */
export function mayCallByDefault({ caller, principalArn, account }: Pick<PolicyRequest, 'caller' | 'principalArn' | 'account'>, { enforce }: { readonly enforce: boolean }): boolean {
  const own = caller ? caller.account === account : principalArn === undefined || principalArn.split(':')[4] === account;
  return own && (!enforce || !caller || IN_A_ROLE.has(caller.service));
}
