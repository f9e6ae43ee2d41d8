import { expect, it } from 'vitest';
import { listTaskResources } from './task-resources.ts';

it('lists Tasks of every level, with the function where the definition names it', () => {
  const task = (Resource: string, rest = {}): object => ({ States: { T: { Type: 'Task', Resource, ...rest } } });
  const invoke = 'arn:aws:states:::lambda:invoke';
  const definition = {
    States: {
      P: { Type: 'Parallel', Branches: [task('arn:aws:lambda:us-east-1:123456789012:function:a'), task(invoke, { Parameters: { FunctionName: 'b' } })] },
      M: { Type: 'Map', ItemProcessor: task(`${invoke}.waitForTaskToken`, { Arguments: { FunctionName: 'c:1' } }) },
      I: { Type: 'Map', Iterator: task('${D}') },
      Dynamic: { Type: 'Task', Resource: invoke, Arguments: { FunctionName: '{% $f %}' } },
      Other: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { FunctionName: 'no' } },
      Broken: null,
    },
  };
  const names = listTaskResources(definition as never).map(({ functionName }) => functionName);
  expect(names.filter((name) => name !== undefined).sort()).toEqual(['${D}', 'arn:aws:lambda:us-east-1:123456789012:function:a', 'b', 'c:1']);
  expect(names).toHaveLength(6);
});
