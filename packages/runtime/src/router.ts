import { parseArn, type Adapter, type Address, type Connector, type TaskCheck } from '@interstate/kernel';

/** What answers an address that no machine lives at: a connector, or a machine at another address. */
export type Destination = { readonly connector: Connector } | { readonly forward: Address };

export type Router = (address: Address) => Destination | undefined;

interface Route {
  readonly matches: (resource: string) => boolean;
  readonly exact: boolean;
  readonly destination: Destination;
}

/** Routes by the adapters' bindings: exact ones before patterns, then in the order given. */
export function createRouter(adapters: readonly Adapter[]): Router {
  const fixed = new Map<Address, Destination>();
  const routes: Route[] = [];
  for (const adapter of adapters) {
    for (const [address, connector] of Object.entries(adapter.connectors ?? {})) fixed.set(address, { connector });
    for (const { resource, connector } of adapter.tasks ?? []) {
      routes.push({ matches: compilePattern(resource), exact: !resource.includes('*'), destination: { connector } });
    }
    for (const { resource, to } of adapter.forwards ?? []) {
      routes.push({ matches: compilePattern(resource), exact: !resource.includes('*'), destination: { forward: to } });
    }
  }
  routes.sort((a, b) => Number(b.exact) - Number(a.exact));
  const known = new Map<Address, Destination | undefined>();
  return (address) => {
    const direct = fixed.get(address);
    if (direct) return direct;
    if (!known.has(address)) known.set(address, routes.find(({ matches }) => matches(bindingName(address)) || matches(address))?.destination);
    return known.get(address);
  };
}

/** The checks of the adapters' bindings, as the engine asks them. */
export function createTaskCheck(adapters: readonly Adapter[]): TaskCheck {
  const checks = adapters.flatMap(({ tasks = [] }) => tasks.flatMap(({ resource, check }) => (check ? [{ matches: compilePattern(resource), check }] : [])));
  const known = new Map<string, TaskCheck | undefined>();
  return (request) => {
    const { resource } = request;
    if (!known.has(resource)) known.set(resource, checks.find(({ matches }) => matches(bindingName(resource)))?.check);
    return known.get(resource)?.(request);
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
