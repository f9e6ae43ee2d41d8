import type { ServiceAdapter } from '@interstate/service-kit';
import { DIRECTORY_KIND, directoryAddress, directoryMachine } from './directory.ts';
import { PIPES_MODEL } from './model.ts';
import { pipeMachine } from './pipe.ts';

export interface PipesOptions {
  readonly region: string;
  readonly account: string;
  /** How many pipes there may be (default 1,000). */
  readonly maximumPipes?: number;
}

/** EventBridge Pipes of an account and region: its machines, and where they are reached. */
export function pipes({ region, account, maximumPipes = 1000 }: PipesOptions): ServiceAdapter {
  const home = { region, account };
  const directory = directoryAddress(home);
  return {
    service: 'pipes',
    machines: [directoryMachine(home, maximumPipes), pipeMachine()] as ServiceAdapter['machines'],
    services: [{ model: PIPES_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: () => directory }],
  };
}
