import type { JsonObject } from '@interstate/kernel';
import { inferTypes } from './infer.ts';
import type { Shape } from './shape.ts';
import { textLiteral, writeShape } from './write-shape.ts';

/**
 * TypeScript types of a definition that `validateDefinition` accepts: its input, output, variables, states and Tasks. What cannot be
 * known is `unknown`; what is read only on some ways is optional.
 * @param name of the interface (default `StateMachine`): letters, digits and `_`
 */
export function writeTypes(definition: JsonObject, name = 'StateMachine'): string {
  const { input, output, variables, states, tasks } = inferTypes(definition);
  const members = (entries: Iterable<readonly [string, string]>): string => {
    const lines = [...entries].map(([key, type]) => `    readonly ${textLiteral(key)}: ${type};\n`);
    return lines.length === 0 ? '{}' : `{\n${lines.join('')}  }`;
  };
  return [
    `export interface ${name} {`,
    '  /** As far as its states read it. */',
    `  readonly input: ${writeShape(input)};`,
    `  readonly output: ${output === undefined ? 'never' : writeShape(output)};`,
    `  readonly variables: ${members([...variables].map(([key, shape]: readonly [string, Shape]) => [key, writeShape(shape)] as const))};`,
    `  readonly states: ${states.map(textLiteral).join(' | ')};`,
    '  /** What each Task is asked, and what of its result is read. */',
    `  readonly tasks: ${members([...tasks].map(([key, task]) => [key, `{ readonly arguments: ${writeShape(task.arguments)}; readonly result: ${writeShape(task.result)} }`] as const))};`,
    '}',
    '',
  ].join('\n');
}
