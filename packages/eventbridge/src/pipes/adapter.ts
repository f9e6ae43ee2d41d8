import type { Kms, ServiceAdapter } from '@interstate/service-kit';
import { DIRECTORY_KIND, directoryAddress, directoryMachine } from './directory.ts';
import { PIPES_MODEL } from './model.ts';
import { SOURCES_KIND, sourcesMachine } from '../record-sources/directory.ts';
import { SOURCES_MODEL } from '../record-sources/model.ts';
import { sourceMachine } from '../record-sources/source.ts';
import { pipeMachine } from './pipe.ts';

/** What the source itself answers, at its address. */
const OF_THE_SOURCE: ReadonlySet<string> = new Set(['AppendRecord', 'CloseShard', 'ListShards']);

export interface PipesOptions {
  readonly region: string;
  readonly account: string;
  /** What seals the records of pipes with a key wherever they leave memory. Default: nothing does. */
  readonly kms?: Kms;
  /** How many pipes there may be (default 1,000). */
  readonly maximumPipes?: number;
  /** Whether something answers `Invoke` at an ARN that is none of a modelled target (default: nothing does). */
  readonly reaches?: (arn: string) => boolean;
}

/** EventBridge Pipes of an account and region, and sources of records in memory: machines, and where they are reached. */
export function pipes({ region, account, kms, maximumPipes = 1000, reaches = () => false }: PipesOptions): ServiceAdapter {
  const home = { region, account };
  const directory = directoryAddress(home);
  const sources = `arn:aws:pipes:${region}:${account}:sources`;
  return {
    service: 'pipes',
    machines: [directoryMachine(home, { maximumPipes, reaches, kms }), pipeMachine(kms), sourcesMachine(), sourceMachine()] as ServiceAdapter['machines'],
    services: [
      { model: PIPES_MODEL, directory: { kind: DIRECTORY_KIND, address: directory }, addressOf: () => directory },
      { model: SOURCES_MODEL, directory: { kind: SOURCES_KIND, address: sources }, addressOf: (action, { Source }) => (OF_THE_SOURCE.has(action) && typeof Source === 'string' ? Source : sources) },
    ],
  };
}
