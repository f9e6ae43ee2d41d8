import { parseArn, type Adapter, type Address, type Connector } from '@interstate/kernel';

/** Finds what answers an address that no machine lives at. */
export type Router = (address: Address) => Connector | undefined;

interface Route {
  readonly matches: (resource: string) => boolean;
  readonly exact: boolean;
  readonly connector: Connector;
}

/** Routes by the adapters' bindings: exact ones before patterns, then in the order given. */
export function createRouter(adapters: readonly Adapter[]): Router {
  const fixed = new Map<Address, Connector>();
  const routes: Route[] = [];
  for (const adapter of adapters) {
    for (const [address, connector] of Object.entries(adapter.connectors ?? {})) fixed.set(address, connector);
    for (const { resource, connector } of adapter.tasks ?? []) {
      routes.push({ matches: compilePattern(resource), exact: !resource.includes('*'), connector });
    }
  }
  routes.sort((a, b) => Number(b.exact) - Number(a.exact));
  const known = new Map<Address, Connector | undefined>();
  return (address) => {
    const direct = fixed.get(address);
    if (direct) return direct;
    if (!known.has(address)) known.set(address, routes.find(({ matches }) => matches(bindingName(address)) || matches(address))?.connector);
    return known.get(address);
  };
}

/** What bindings are written against: `lambda:invoke` for `arn:aws:states:::lambda:invoke.waitForTaskToken`; other texts as they are. */
export function bindingName(resource: string): string {
  const arn = parseArn(resource);
  if (arn?.service !== 'states' || arn.resource.startsWith('activity:')) return resource;
  return arn.resource.replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, '');
}

function compilePattern(pattern: string): (resource: string) => boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return (resource) => resource === pattern;
  const first = pieces[0]!;
  const last = pieces[pieces.length - 1]!;
  return (resource) => {
    if (resource.length < first.length + last.length || !resource.startsWith(first) || !resource.endsWith(last)) return false;
    let from = first.length;
    for (const piece of pieces.slice(1, -1)) {
      const at = resource.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= resource.length - last.length;
  };
}
