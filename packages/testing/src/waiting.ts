import { runningFrames, type Execution } from '@interstate/core';
import type { Host } from '@interstate/runtime';

/** What every unfinished execution waits for, and whether anything can ever bring it. */
export function whatIsWaitedFor(host: Host): string[] {
  const lines: string[] = [];
  for (const { address, calls } of host.unfinished()) {
    const execution = host.stateOf(address) as Execution | undefined;
    if (!execution?.isStarted || execution.status !== 'RUNNING') continue;
    const hope = host.nextTimerOf(address) !== undefined ? '' : calls.length > 0 ? ' (a call is open)' : '; nothing in this cloud will bring it';
    for (const { stateName, waitsFor } of runningFrames(execution)) lines.push(`${address}: state '${stateName}' waits for ${waitsFor}${hope}`);
  }
  return lines;
}
