import { readFileSync } from 'node:fs';
import type { Json, JsonObject, Message, Outcome } from '@interstate/kernel';
import { nodeCrypto as crypto } from '@interstate/runtime';
import { describe, expect, it } from 'vitest';
import { directoryMachine } from '../service/directory.ts';

const cases = JSON.parse(readFileSync(new URL('../../cases/mapping-settings.json', import.meta.url), 'utf8')) as readonly { readonly description: string; readonly given: JsonObject; readonly then?: Json; readonly error?: string }[];
const HOME = { region: 'us-east-1', account: '123456789012', functions: { has: () => true } };
const SHOWN = new Set(['UUID', 'EventSourceArn', 'FunctionArn', 'LastModified', 'State', 'StateTransitionReason', 'EventSourceMappingArn', 'LastProcessingResult']);

/** What CreateEventSourceMapping answers where every source is there. */
function created(input: JsonObject): Outcome {
  const machine = directoryMachine(HOME);
  const state = machine.load(new Map());
  const step = (message: Message) => machine.step(state, message, { now: 0, crypto }).effects;
  step({ type: 'notice', from: 'host', notice: { type: 'open', seed: [1, 2, 3, 4] } });
  const effects = step({ type: 'call', replyTo: { address: 'outside', callId: '1' }, request: { action: 'CreateEventSourceMapping', input: { FunctionName: 'f', ...input } } });
  const asked = effects.find((effect) => effect.type === 'call');
  const answered = asked ? step({ type: 'reply', callId: asked.callId, outcome: { ok: true, value: {} } }) : effects;
  return answered.find((effect) => effect.type === 'reply')!.outcome;
}

describe('the settings of a mapping', () => {
  it.each(cases)('$description', ({ given, then, error }) => {
    const outcome = created(given);
    if (error !== undefined) return expect(outcome).toEqual({ ok: false, error: expect.objectContaining({ Error: 'InvalidParameterValueException', Cause: error }) as unknown });
    const value = (outcome as { readonly value: JsonObject }).value;
    expect(Object.fromEntries(Object.entries(value).filter(([name]) => !SHOWN.has(name)))).toEqual(then);
  });
});
