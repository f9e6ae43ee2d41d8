import type { RawState } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { compileAslPath, pathExpression } from '../query/asl-path.ts';
import { compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import type { Scope } from '../query/scope.ts';

/** TimeoutSeconds, HeartbeatSeconds: a number, a JSONata text, or the field's `…Path` twin. */
export function compileSecondsField(raw: RawState, field: string, site: Site): ((scope: Scope) => number) | undefined {
  const value = raw[field];
  if (typeof value === 'number') return () => value;
  if (isJsonataText(value)) {
    const evaluate = compileTypedJsonata(value, below(site, field), 'number');
    return (scope) => positive(evaluate(scope) as number, field, 'States.QueryEvaluationError');
  }
  const path = raw[`${field}Path`];
  if (typeof path !== 'string') return undefined;
  const read = counted(below(site, `${field}Path`), pathExpression(compileAslPath(path)));
  return (scope) => positive(read(scope), `${field}Path`, 'States.Runtime');
}

function positive(value: unknown, field: string, error: 'States.Runtime' | 'States.QueryEvaluationError'): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new Fault(error, `The ${field} field refers to value ${JSON.stringify(value)} which is not a positive integer`, field);
}
