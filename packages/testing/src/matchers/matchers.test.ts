import { describe, expect, it } from 'vitest';
import { testCloud } from '../test-cloud.ts';
import '../vitest.ts';

const cloud = testCloud();
const succeeded = await cloud.run({
  StartAt: 'A',
  States: {
    A: { Type: 'Choice', Choices: [{ Variable: '$.c', IsPresent: true, Next: 'C', Assign: { y: 1 } }], Default: 'B' },
    B: { Type: 'Pass', Result: { n: 1 }, Assign: { x: 1 }, End: true },
    C: { Type: 'Succeed' },
  },
});
const distributed = await cloud.run({ StartAt: 'Orders', States: { Orders: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Ship', States: { Ship: { Type: 'Pass', End: true } } }, End: true } } }, []);
const failed = await cloud.run({ StartAt: 'A', States: { A: { Type: 'Fail', Error: 'Oops', Cause: 'for a reason' } } });
const timedOut = await cloud.run({ TimeoutSeconds: 5, StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 10, End: true } } });

const saying = (check: () => void): string => {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The assertion held.');
};

describe('a failed assertion says what was', () => {
  it.each<[() => void, string]>([
    [() => expect(failed).toHaveSucceeded(), "expected the execution to have succeeded, but it FAILED in 'A' with Oops: for a reason"],
    [() => expect(succeeded).not.toHaveSucceeded(), 'expected the execution not to have succeeded'],
    [() => expect(succeeded).toHaveSucceededWith({ n: 2 }), 'expected the execution to have succeeded with {"n":2}, but it SUCCEEDED with {"n":1}'],
    [() => expect(failed).toHaveFailedWith('Other'), "expected the execution to have failed with Other, but it FAILED in 'A' with Oops: for a reason"],
    [() => expect(failed).toHaveFailedWith('Oops', 'because'), "expected the execution to have failed with Oops: because, but it FAILED in 'A' with Oops: for a reason"],
    [() => expect(failed).toHaveTimedOut(), "expected the execution to have timed out, but it FAILED in 'A' with Oops: for a reason"],
    [() => expect(timedOut).toHaveBeenAborted(), 'expected the execution to have been aborted, but it TIMED_OUT'],
    [() => expect(succeeded).toHaveVisited('A', 'C'), 'expected the execution to have visited A, C, but it visited A → B'],
    [() => expect(succeeded).not.toHaveVisited('C', 'B'), 'expected the execution not to have visited C, B'],
    [() => expect(succeeded).toHaveVisitedInOrder('B', 'A'), 'expected the execution to have visited B → A, but it visited A → B'],
    [() => expect(succeeded).toHaveRetried('A', 2), 'expected the execution to have retried A 2 times, but it retried it 0 times'],
    [() => expect(succeeded).toHaveCaught('C'), 'expected the execution to have caught an error in C, but it never visited C'],
    [() => expect(succeeded).toHaveAssigned('x', 2), 'expected the execution to have assigned $x = 2, but it was 1'],
    [() => expect(succeeded).toHaveAssigned('y'), 'expected the execution to have assigned $y, but it never was'],
    [() => expect(cloud).toHaveSentMessage('orders'), 'expected the cloud to have sent a message to orders, but nothing of the kind was sent'],
    [() => expect(cloud).toHavePutEvent({ Source: 'app' }), 'expected the cloud to have sent an event that is {"Source":"app"}, but nothing of the kind was sent'],
    [() => expect(succeeded).not.toHaveVisited('D'), "The definition has no state 'D'."],
    [() => expect(distributed).not.toHaveVisited('orders'), "The definition has no state 'orders'. Did you mean 'Orders'?"],
    [() => expect(distributed).not.toHaveCaught('Ship'), "'Ship' runs in the children of 'Orders', a distributed Map: executions with histories of their own. Look at its calls."],
    [() => expect(succeeded).not.toHaveAssigned('why'), "The definition assigns no variable 'why'."],
    [() => expect(succeeded).toHaveVisited(), 'This matcher needs the name of a state: without one it would hold whatever happens.'],
    [() => expect(3).toHaveSucceeded(), 'This matcher looks at executions: give it what cloud.run(…) or execution.result() resolves to, awaited.'],
    [() => expect({ status: Promise }).toHaveSucceeded(), 'This matcher looks at executions: give it what cloud.run(…) or execution.result() resolves to, awaited.'],
    [() => expect(succeeded).toHaveSentMessage('q'), 'This matcher looks at a cloud made by testCloud().'],
  ])('%s', (check, message) => {
    expect(saying(check)).toBe(message);
  });

  it('and takes patterns and asymmetric matchers', () => {
    expect(succeeded).toHaveSucceededWith({ n: expect.any(Number) as unknown });
    expect(failed).toHaveFailedWith(/^Oo/, /reason$/);
    expect(timedOut).toHaveTimedOut();
  });
});
