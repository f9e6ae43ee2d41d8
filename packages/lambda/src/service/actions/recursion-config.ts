import type { JsonObject } from '@interstate/kernel';
import { ServiceFault, type Operation } from '@interstate/service-kit';
import type { DirectoryContext } from '../directory-state.ts';
import { knownFunctionArn } from '../names.ts';

const RECURSION = 'recursion:';

/** Implements GetFunctionRecursionConfig. */
export const getFunctionRecursionConfig: Operation<DirectoryContext> = (context, input) => ({ RecursiveLoop: context.state.records.get(RECURSION + functionOf(context, input)) ?? 'Terminate' });

/** Implements PutFunctionRecursionConfig. */
export const putFunctionRecursionConfig: Operation<DirectoryContext> = (context, input) => {
  const RecursiveLoop = input['RecursiveLoop']!;
  const key = RECURSION + functionOf(context, input);
  if (RecursiveLoop === 'Allow') context.state.records.set(key, RecursiveLoop);
  else context.state.records.delete(key);
  return { RecursiveLoop };
};

/** The ARN of a function without version or alias. @throws ServiceFault InvalidParameterValueException, ResourceNotFoundException */
function functionOf({ options }: DirectoryContext, { FunctionName }: JsonObject): string {
  const arn = knownFunctionArn(FunctionName as string, options);
  if (arn.split(':').length > 7) throw new ServiceFault('InvalidParameterValueException', { reason: `FunctionName must name a function without version or alias, not ${FunctionName as string}.` });
  return arn;
}
