import { parseArn, type Adapter, type Address, type Connector, type TaskCheck } from '@interstate/kernel';

/** What answers an address that no machine lives at: a connector, or a machine at another address. */
export type Destination = { readonly connector: Connector } | { readonly forward: Address };

export type Router = (address: Address) => Destination | undefined;

interface Route {
  readonly pattern: string;
  readonly destination: Destination;
}

/** Addresses whose destination is remembered. */
const REMEMBERED = 10_000;

interface Routes {
  bind(resource: string, destination: Destination): void;
  find(name: string, address: Address): Destination | undefined;
}

/** Exact bindings before patterns; of equals, the first. */
function createRoutes(): Routes {
  const exact = new Map<string, Destination>();
  const patterns: Route[] = [];
  return {
    bind(resource, destination) {
      if (resource.includes('*')) patterns.push({ pattern: resource, destination });
      else if (!exact.has(resource)) exact.set(resource, destination);
    },
    find: (name, address) => exact.get(name) ?? exact.get(address) ?? patterns.find(({ pattern }) => matches(pattern, name) || matches(pattern, address))?.destination,
  };
}

/** Routes by the adapters' bindings: exact ones before patterns, then in the order given; those of adapters that yield come last. */
export function createRouter(adapters: readonly Adapter[]): Router {
  const fixed = new Map<Address, Destination>();
  for (const { connectors = {} } of adapters) for (const [address, connector] of Object.entries(connectors)) if (!fixed.has(address)) fixed.set(address, { connector });
  // Bound when somebody asks: a host whose machines have no Tasks never pays for it.
  let routes: readonly [Routes, Routes] | undefined;
  const find = (address: Address): Destination | undefined => {
    const name = bindingName(address);
    const [first, last] = (routes ??= bindRoutes(adapters));
    return first.find(name, address) ?? last.find(name, address);
  };
  const known = new Map<Address, Destination | undefined>();
  return (address) => {
    const direct = fixed.get(address);
    if (direct) return direct;
    if (!known.has(address)) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(address, find(address));
    }
    return known.get(address);
  };
}

/** The routes to look at first, and those of adapters that yield. */
function bindRoutes(adapters: readonly Adapter[]): readonly [Routes, Routes] {
  const first = createRoutes();
  const last = createRoutes();
  for (const { yields, tasks = [], forwards = [] } of adapters) {
    const routes = yields ? last : first;
    for (const { resource, connector } of tasks) routes.bind(resource, { connector });
    for (const { resource, to } of forwards) routes.bind(resource, { forward: to });
  }
  return [first, last];
}

/** The checks of the adapters' bindings, as the engine asks them. */
export function createTaskCheck(adapters: readonly Adapter[]): TaskCheck {
  const known = new Map<string, TaskCheck | undefined>();
  return (request) => {
    const { resource } = request;
    if (!known.has(resource)) known.set(resource, findCheck(adapters, bindingName(resource)));
    return known.get(resource)?.(request);
  };
}

function findCheck(adapters: readonly Adapter[], name: string): TaskCheck | undefined {
  for (const { tasks = [] } of adapters) for (const { resource, check } of tasks) if (check && matches(resource, name)) return check;
  return undefined;
}

/** What bindings are written against: `lambda:invoke` for `arn:aws:states:::lambda:invoke.waitForTaskToken`; other texts as they are. */
export function bindingName(resource: string): string {
  const arn = parseArn(resource);
  if (arn?.service !== 'states' || arn.resource.startsWith('activity:')) return resource;
  return arn.resource.replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, '');
}

/** Whether a resource fits a pattern, in which `*` stands for any run of characters. Asked once for each address. */
function matches(pattern: string, resource: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return resource === pattern;
  const first = pieces[0]!;
  const last = pieces[pieces.length - 1]!;
  if (resource.length < first.length + last.length || !resource.startsWith(first) || !resource.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = resource.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= resource.length - last.length;
}
