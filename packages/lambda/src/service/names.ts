import { parseArn } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { qualified } from '../events/invocation-record.ts';
import { parseFunctionName } from '../function-name.ts';

interface Home {
  readonly region: string;
  readonly account: string;
}

/** The ARN of a function by whatever names it, in a region and account. @param qualifier version or alias, said beside the name */
export function functionArnOf(name: string, { region, account }: Home, qualifier?: string): string {
  const given = parseFunctionName(name);
  const { partition = 'aws' } = parseArn(name) ?? {};
  const version = qualifier ?? given.qualifier;
  return `arn:${partition}:lambda:${given.region ?? region}:${given.account ?? account}:function:${given.name}${version === undefined ? '' : `:${version}`}`;
}

/** @throws ServiceFault where the function is not registered */
export function knownFunctionArn(name: string, options: Home & { readonly functions: { has(arn: string): boolean } }, qualifier?: string): string {
  const arn = functionArnOf(name, options, qualifier);
  if (!options.functions.has(arn)) throw new ServiceFault('ResourceNotFoundException', { reason: `Function not found: ${qualified(arn)}` });
  return arn;
}
