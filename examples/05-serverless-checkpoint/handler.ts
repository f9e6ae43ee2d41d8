/**
 * A serverless function that carries executions forward: it runs one until it blocks, keeps it as JSON, and ends.
 * The next event (a timer, somebody's answer) takes it up again, in any process.
 */
import { createEngine, defineStateMachine, type Checkpoint } from 'interstate';

const refund = defineStateMachine({
  StartAt: 'CoolingOff',
  States: {
    CoolingOff: { Type: 'Wait', Seconds: 14 * 24 * 3600, Next: 'AskClerk' },
    AskClerk: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'ask-clerk', Payload: { 'token.$': '$$.Task.Token', 'order.$': '$.order' } },
      ResultPath: '$.decision',
      Next: 'PayBack',
    },
    PayBack: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:pay-back', End: true },
  },
});

export type RefundEvent =
  | { readonly type: 'start'; readonly id: string; readonly input: { readonly order: string } }
  | { readonly type: 'wake'; readonly id: string }
  | { readonly type: 'answer'; readonly id: string; readonly taskToken: string; readonly output: unknown };

/** What the function needs of its platform: a clock, a table of texts, a scheduler, and a way to ask people. */
export interface Platform {
  now(): number;
  load(id: string): string | undefined;
  save(id: string, checkpoint: string): void;
  wakeAt(id: string, time: number): void;
  ask(question: { readonly token: string; readonly order: string }): void;
}

export async function handler(event: RefundEvent, platform: Platform): Promise<{ status: string; output?: unknown }> {
  const engine = createEngine({
    // It is the time of the event for as long as this call lasts; what is due later is another event.
    clock: 'virtual',
    startTime: platform.now(),
    functions: {
      'ask-clerk': (question) => platform.ask(question),
      'pay-back': ({ order, decision }) => ({ order, paidBack: decision.amount }),
    },
  });
  const program = engine.load(refund);
  const execution =
    event.type === 'start' ? engine.start(program, event.input, { name: event.id }) : engine.resume(JSON.parse(platform.load(event.id)!) as Checkpoint);
  if (event.type === 'answer') engine.sendTaskSuccess(execution, event);
  await engine.advance(0); // what has come due since

  const { ended, resumeAt } = await engine.runUntilBlocked(execution);
  if (ended) return execution.result();
  if (resumeAt !== undefined) platform.wakeAt(event.id, resumeAt);
  platform.save(event.id, JSON.stringify(engine.suspend(execution)));
  return { status: 'RUNNING' };
}
