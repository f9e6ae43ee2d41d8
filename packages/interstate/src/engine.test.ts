import { describe, expect, it } from 'vitest';
import { createEngine, type Definition } from './index.ts';

const WAIT = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, Next: 'Done' }, Done: { Type: 'Pass', Result: 'done', End: true } } } as Definition;
const TOKEN = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } }, End: true } } } as Definition;

describe('an engine with a virtual clock', () => {
  it('runs executions in no time, one after another and at once, and keeps none of them', async () => {
    const engine = createEngine({ clock: 'virtual' });
    const program = engine.load(WAIT);
    const first = await engine.run(program, {});
    expect(first).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
    expect(first.stopTime - first.startTime).toBe(3_600_000);
    const others = await Promise.all([1, 2, 3].map((n) => engine.run(program, { n })));
    expect(others.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(first.history().map(({ type }) => type)).toContain('WaitStateExited');
    engine.close();
  });

  it('says what an execution waits for that nothing can bring', async () => {
    const engine = createEngine({ clock: 'virtual', functions: { ask: () => null } });
    await expect(engine.run(engine.load(TOKEN), {})).rejects.toThrow('can never end');
    engine.close();
  });
});
