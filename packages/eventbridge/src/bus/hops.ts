import { hopsOfExecution, type JsonObject } from '@interstate/kernel';

/** How many events in a row brought an event about, as the executions among its resources tell by their names. */
export function hopsOfEvent({ resources }: JsonObject): number {
  let hops = 0;
  if (Array.isArray(resources)) {
    for (const resource of resources as readonly string[]) {
      if (resource.includes(':execution:')) hops = Math.max(hops, hopsOfExecution(resource));
    }
  }
  return hops;
}
