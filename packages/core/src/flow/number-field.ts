import type { RawState } from '../program/program.ts';
import { below, counted, type Site } from '../program/site.ts';
import { Fault } from '../fault.ts';
import { compileAslPath, pathExpression } from '../query/asl-path.ts';
import { compileTypedJsonata, isJsonataText } from '../query/jsonata-template.ts';
import type { Scope } from '../query/scope.ts';

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?$/;

/** Numeric fields of Map (MaxConcurrency, ToleratedFailure…, MaxItems…): a number, a JSONata text, or the field's `…Path` twin. */
export function compileNumberField(raw: RawState, field: string, site: Site, kind: 'integer' | 'float' = 'integer'): ((scope: Scope) => number) | undefined {
  const value = raw[field];
  if (typeof value === 'number') return () => value;
  if (isJsonataText(value)) {
    const evaluate = compileTypedJsonata(value, below(site, field), 'number');
    return (scope) => evaluate(scope) as number;
  }
  const path = raw[`${field}Path`];
  if (typeof path !== 'string') return undefined;
  const read = counted(below(site, `${field}Path`), pathExpression(compileAslPath(path)));
  return (scope) => {
    const found = read(scope);
    // Number texts count as numbers here, unlike anywhere else.
    const number = typeof found === 'string' && NUMBER_TEXT.test(found) ? Number(found) : found;
    if (typeof number === 'number' && (kind === 'float' || Number.isInteger(number))) return number;
    const shown = typeof found === 'string' ? found : JSON.stringify(found);
    throw new Fault('States.Runtime', `The ${field}Path field refers to value "${shown}" which is not a valid ${kind}: ${path}`);
  };
}
