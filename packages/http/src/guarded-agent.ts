import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Agent } from 'undici';
import { isOpened, isPublicAddress, RefusedAddress, type HostRules } from './address-guard.ts';

/** Resolves a name to all its addresses. */
export type ResolveHost = (hostname: string, callback: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

const systemResolve: ResolveHost = (hostname, callback) => systemLookup(hostname, { all: true }, callback);

/**
 * An undici agent that looks at every address in the moment it connects to it: what was checked is what is connected to,
 * so that neither odd spellings, nor names, nor names that change their address get around it.
 */
export async function createGuardedAgent(rules: HostRules, resolve: ResolveHost = systemResolve): Promise<Agent> {
  const { Agent: UndiciAgent, buildConnector } = await import('undici');
  const options = (lookup: LookupFunction): object => ({ timeout: 10_000, lookup });
  const open = buildConnector(options(lookupWith(resolve, () => true)));
  const guarded = buildConnector(options(lookupWith(resolve, isPublicAddress)));
  return new UndiciAgent({
    connect(target, callback) {
      // undici leaves an IPv6 address in brackets in some places and not in others.
      const host = target.hostname.replace(/^\[([^\]]*)\]$/, '$1');
      const port = target.port || (target.protocol === 'https:' ? '443' : '80');
      if (isOpened(rules, host, port)) open(target, callback);
      // An address is connected to without a lookup.
      else if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new RefusedAddress(host, host), null);
      else guarded(target, callback);
    },
  });
}

function lookupWith(resolve: ResolveHost, accepts: (address: string) => boolean): LookupFunction {
  return (hostname: string, options: LookupOptions, callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void) => {
    resolve(hostname, (error, addresses) => {
      const fail = (reason: Error): void => callback(reason, options.all === true ? [] : '', 0);
      if (error !== null) return fail(error);
      const refused = addresses.find(({ address }) => !accepts(address));
      if (refused !== undefined) return fail(new RefusedAddress(hostname, refused.address));
      const wanted = options.family === 4 || options.family === 6 ? addresses.filter(({ family }) => family === options.family) : [...addresses];
      const [first] = wanted;
      if (first === undefined) return fail(new Error(`${hostname} has no address`));
      return options.all === true ? callback(null, wanted) : callback(null, first.address, first.family);
    });
  };
}
