import type { JsonObject } from '@interstate/kernel';

/** An execution that a rule has started, by its ARN. */
const STARTED = /:execution:[^:]+:[0-9a-f-]{36}_[0-9a-f-]{34}([0-9a-f]{2})$/;

/** How many events in a row brought an event about, as the executions among its resources tell by their names. */
export function hopsOf({ resources }: JsonObject): number {
  let hops = 0;
  if (Array.isArray(resources)) {
    for (const resource of resources as readonly string[]) {
      if (!resource.includes(':execution:')) continue;
      const found = STARTED.exec(resource);
      if (found) hops = Math.max(hops, Number.parseInt(found[1]!, 16));
    }
  }
  return hops;
}
