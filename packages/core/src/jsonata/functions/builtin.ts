import { functionValue, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { compileSignature } from '../signature.ts';
import { AGGREGATE_FUNCTIONS } from './aggregate.ts';
import { ARRAY_FUNCTIONS } from './array.ts';
import { AWS_FUNCTIONS } from './aws.ts';
import { BOOLEAN_FUNCTIONS } from './boolean.ts';
import { DATE_TIME_FUNCTIONS } from './date-time.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { HIGHER_ORDER_FUNCTIONS } from './higher-order.ts';
import { NUMERIC_FUNCTIONS } from './numeric.ts';
import { OBJECT_FUNCTIONS } from './object.ts';
import { STRING_FUNCTIONS } from './string.ts';
import type { Builtin } from './table.ts';

function bind({ signature, arity, call }: Builtin): FunctionValue {
  const validate = compileSignature(signature);
  const implement = call as (run: Run, ...args: unknown[]) => unknown;
  const apply = (args: unknown[], run: Run): unknown => {
    for (let index = 0; index < args.length; index++) {
      const argument = args[index];
      // The work of a function grows with what it is given.
      if (typeof argument === 'object' && Array.isArray(argument)) run.charge(argument.length);
      else if (typeof argument === 'string' && argument.length > 64) run.charge(argument.length >> 6);
    }
    const result = implement(run, ...args);
    if (typeof result === 'string') run.checkText(result.length);
    else if (typeof result === 'object' && Array.isArray(result)) run.checkItems(result.length);
    return result;
  };
  return functionValue((args, context, run) => apply(validate(args, context), run), { arity });
}

/** The built-in functions by name: JSONata's without `$eval`, and those Step Functions adds. */
export const BUILTINS: ReadonlyMap<string, FunctionValue> = new Map(
  [
    AGGREGATE_FUNCTIONS,
    ARRAY_FUNCTIONS,
    AWS_FUNCTIONS,
    BOOLEAN_FUNCTIONS,
    DATE_TIME_FUNCTIONS,
    ENCODING_FUNCTIONS,
    HIGHER_ORDER_FUNCTIONS,
    NUMERIC_FUNCTIONS,
    OBJECT_FUNCTIONS,
    STRING_FUNCTIONS,
  ].flatMap((table) => Object.entries(table).map(([name, builtin]): [string, FunctionValue] => [name, bind(builtin)])),
);
