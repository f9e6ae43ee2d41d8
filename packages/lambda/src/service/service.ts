import type { JsonObject } from '@interstate/kernel';
import type { ServiceAdapter } from '@interstate/service-kit';
import { mappingMachine } from '../mapping/mapping.ts';
import { DIRECTORY_KIND, directoryMachine } from './directory.ts';
import { directoryAddress, type LambdaDirectoryOptions } from './directory-state.ts';
import { LAMBDA_MODEL } from './model.ts';
import { functionArnOf } from './names.ts';

/** The Lambda service around local functions: event source mappings and asynchronous invocation. */
export function lambdaService(options: LambdaDirectoryOptions): ServiceAdapter & { readonly directory: string } {
  const { region, account } = options;
  const directory = directoryAddress(region, account);
  const addressOf = (action: string, { FunctionName, Qualifier }: JsonObject): string =>
    action === 'Invoke' && typeof FunctionName === 'string' && FunctionName !== '' && (Qualifier === undefined || typeof Qualifier === 'string') ? functionArnOf(FunctionName, options, Qualifier) : directory;
  return {
    service: 'lambda:service',
    directory,
    machines: [directoryMachine(options), mappingMachine()],
    services: [{ model: LAMBDA_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf }],
  };
}
