import { at } from '../place.ts';
import type { Rule } from '../rule.ts';

/** Heartbeats come more often than the timeout. */
export const taskTimeouts: Rule = (machine, report) => {
  for (const { raw, place, type, refused } of machine.states) {
    const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = raw;
    if (type !== 'Task' || refused || typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout) continue;
    report('SCHEMA_VALIDATION_FAILED', 'HeartbeatSeconds must be smaller than TimeoutSeconds', at(place, 'HeartbeatSeconds'));
  }
};
