import type { Address, Json, Outcome } from '@interstate/kernel';
import type { Host } from './host.ts';

/**
 * Calls, and under a virtual clock that nobody else moves lets time pass until the answer is there: for answers that wait for
 * time, such as long polls. What the application does in the same turn comes before any time passes.
 */
export function callThroughTime(host: Host, to: Address, request: Json): Promise<Outcome> {
  const answer = host.call(to, request);
  return host.clock.type === 'real' || host.isInsideCall ? answer : passTimeUntil(host, answer);
}

async function passTimeUntil(host: Host, answer: Promise<Outcome>): Promise<Outcome> {
  let isAnswered = false;
  void answer.then(() => (isAnswered = true));
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (isAnswered) return answer;
    if (host.isDriven) continue;
    // Time that can bring nothing stands still: then it is for the application to go on.
    if (!(await host.runUntil(() => isAnswered))) return answer;
  }
}
