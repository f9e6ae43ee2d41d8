import type { HistoryEvent } from '@interstate/core';
import type { Json } from '@interstate/kernel';

/**
 * A history as text that a person reads and that stays the same from run to run: times since the start, no ids that chance made.
 *
 *     0 ms      ExecutionStarted {"input":{"orderId":42}}
 *     0 ms      TaskStateEntered ChargeCard {"input":…}
 */
export function historySnapshot(history: readonly HistoryEvent[]): string {
  const start = history[0]?.timestamp ?? 0;
  return history.map(({ type, timestamp, details = {} }) => {
    const { name, ...rest } = details as Record<string, Json>;
    const shown = Object.keys(rest).length === 0 ? '' : ` ${stable(JSON.stringify(rest))}`;
    return `${`${timestamp - start} ms`.padEnd(10)}${type}${typeof name === 'string' ? ` ${name}` : ''}${shown}`;
  }).join('\n');
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TOKEN = /[A-Za-z0-9+/=]{100,}/g;

/** Without the ids and tokens that chance made. */
function stable(text: string): string {
  return text.replace(UUID, '<id>').replace(TOKEN, '<token>');
}
