import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { committedDefinitionShape, generateDefinitionShape } from '../../scripts/generate-definition-shape.mjs';
import { invalidDefinitionMessage, type Diagnostic } from './diagnostic.ts';
import { MAX_NESTING } from './nesting.ts';
import { validateDefinition, validateState, type ValidateOptions } from './validate.ts';

interface Case {
  readonly description: string;
  readonly given: ValidateOptions & { readonly definition?: unknown; readonly text?: string };
  readonly then: readonly Diagnostic[];
  /** The part of the specification, as a word. */
  readonly spec: string;
}

const cases = JSON.parse(readFileSync(new URL('../../cases/validation.json', import.meta.url), 'utf8')) as Case[];

describe('validateDefinition', () => {
  it.each(cases.map((each) => [`${each.spec}: ${each.description}`, each] as const))('%s', (_, { given, then }) => {
    const { definition, text, ...options } = given;
    const { result, diagnostics } = validateDefinition(text ?? definition, options);
    expect(diagnostics).toEqual(then);
    expect(result).toBe(then.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK');
  });

  it('finds the same in a text as in the value', () => {
    for (const { given, then } of cases) {
      if (given.text === undefined && given.severity === undefined) {
        expect(validateDefinition(JSON.stringify(given.definition), given).diagnostics).toEqual(then);
      }
    }
  });

  it('gives as many diagnostics as asked for, and says where there are more', () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Succeed', a: 1, b: 2, c: 3 } } };
    expect(validateDefinition(definition, { maxResults: 2 })).toMatchObject({ result: 'FAIL', truncated: true });
    expect(validateDefinition(definition, { maxResults: 2 }).diagnostics).toHaveLength(2);
    expect(validateDefinition(definition, { maxResults: 3 }).truncated).toBe(false);
    expect(validateDefinition(definition, { maxResults: 0 }).diagnostics).toHaveLength(3);
  });

  it('does not fail for warnings', () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: '$.a', End: true } } };
    expect(validateDefinition(definition, { severity: 'WARNING' })).toMatchObject({ result: 'OK', diagnostics: [{ code: 'PASS_RESULT_IS_STATIC' }] });
    expect(validateDefinition(definition).diagnostics).toEqual([]);
  });

  it('takes fields that are undefined as absent', () => {
    expect(validateDefinition({ StartAt: 'A', Comment: undefined, States: { A: { Type: 'Pass', Next: undefined, End: true } } }).result).toBe('OK');
  });
});

describe('validateState', () => {
  it('looks at one state, not at where it goes', () => {
    expect(validateState({ Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }], Default: 'C' })).toEqual({ result: 'OK', diagnostics: [], truncated: false });
    expect(validateState('{"Type":"Pass","Next":"B"}').result).toBe('OK');
  });

  it('gives places relative to the state', () => {
    const { diagnostics } = validateState({
      Type: 'Parallel',
      Foo: 1,
      Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B', Result: 1 }, C: { Type: 'Pass', Output: 1, End: true } } }],
      Next: 'X',
    });
    expect(diagnostics.map(({ message, location, pointer }) => [message, location, pointer])).toEqual([
      ["Field 'Foo' is not supported", '/', ''],
      [expect.stringContaining("field 'Output' is only supported"), '/Branches[0]/States/C', '/Branches/0/States/C'],
      ["Missing 'Next' target: B", '/Branches[0]/States/A/Next', '/Branches/0/States/A/Next'],
      ['State "C" is not reachable.', '/Branches[0]/States/C', '/Branches/0/States/C'],
    ]);
  });

  it('refuses what is no state', () => {
    expect(validateState('x').diagnostics[0]!.code).toBe('INVALID_JSON_DESCRIPTION');
    expect(validateState(null).diagnostics[0]!.message).toBe('Definition must be a valid JSON object');
    expect(validateState({}).diagnostics[0]).toMatchObject({ message: 'These fields are required: [Type]', location: '/', pointer: '' });
  });
});

describe('invalidDefinitionMessage', () => {
  it('lists every error with its code and location', () => {
    const { diagnostics } = validateDefinition({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'C' }, B: { Type: 'Pass', Next: 'A' } } });
    expect(invalidDefinitionMessage(diagnostics)).toBe(
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: C at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });

  it('leaves warnings out', () => {
    const { diagnostics } = validateDefinition({ StartAt: 'A', States: { A: { Type: 'Pass', Result: '$.a', Nxt: 1, End: true } } }, { severity: 'WARNING' });
    expect(invalidDefinitionMessage(diagnostics)).toBe("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field 'Nxt' is not supported at /States/A'");
  });
});

describe('hostile definitions', () => {
  const nested = (depth: number, open: string, middle: string, close: string): string => open.repeat(depth) + middle + close.repeat(depth);
  const machine = (result: string): string => `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${result},"End":true}}}`;

  it('nested too deeply are refused, not followed', () => {
    const tooDeep = { result: 'FAIL', diagnostics: [{ code: 'TOO_DEEPLY_NESTED' }] };
    expect(validateDefinition(machine(nested(10_000, '[', '', ']')))).toMatchObject(tooDeep);
    expect(validateDefinition(JSON.parse(machine(nested(10_000, '{"a":', '1', '}'))))).toMatchObject(tooDeep);
    expect(validateDefinition(machine(nested(MAX_NESTING - 3, '[', '', ']'))).result).toBe('OK');
    const choices = nested(10_000, '{"Not":', '{"Variable":"$.a","IsNull":true}', '}');
    expect(validateDefinition(`{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[${choices}]}}}`)).toMatchObject(tooDeep);
    const parallel = nested(2_000, '{"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[', '', ']}}}');
    expect(validateDefinition(parallel)).toMatchObject(tooDeep);
    expect(validateDefinition(nested(100_000, '[', '', '')).diagnostics[0]!.code).toBe('INVALID_JSON_DESCRIPTION');
  });

  it('nested as deeply as may be are looked through', () => {
    const depth = Math.floor(MAX_NESTING / 5) - 2;
    const parallel = nested(depth, '{"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[', '{}', ']}}}');
    expect(validateDefinition(parallel).diagnostics.filter(({ code }) => code === 'DUPLICATE_STATE_NAME').length).toBe(100 - 1);
    const choices = nested(MAX_NESTING - 10, '{"Not":', '{"Variable":"$.a","IsNull":true,"Next":"A"}', '}');
    expect(validateDefinition(`{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[${choices}]}}}`).result).toBe('FAIL');
  });

  it('that are no JSON are refused', () => {
    const cycle: Record<string, unknown> = { StartAt: 'A' };
    cycle['States'] = cycle;
    const wide: unknown[] = [];
    wide.push(wide, wide, wide);
    for (const value of [undefined, null, 1, () => 1, Symbol('x'), 1n, [], new Map(), cycle, { States: wide }]) {
      expect(validateDefinition(value).result).toBe('FAIL');
    }
    expect(validateDefinition({ StartAt: 1n }).diagnostics).toMatchObject([{ message: 'Definition must be a valid JSON object' }]);
  });

  it('leave prototypes alone, and take their names as names', () => {
    const text = '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","Parameters":{"__proto__":{"a.$":"x"},"constructor":{"b.$":"y"}},"End":true}},"__proto__":{}}';
    expect(validateDefinition(text).diagnostics.map(({ message, location }) => `${message} at ${location}`)).toEqual([
      "Field '__proto__' is not supported at /",
      "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/__proto__/Parameters/__proto__",
      "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/__proto__/Parameters/constructor",
    ]);
    expect(validateDefinition({ StartAt: 'A', States: { A: { Type: 'constructor', End: true } } }).diagnostics).toHaveLength(1);
    expect(({} as Record<string, unknown>)['a.$']).toBeUndefined();
  });

  it('that are long take no long', () => {
    const long = 'x'.repeat(10_000_000);
    expect(validateDefinition(long).result).toBe('FAIL');
    expect(validateDefinition(`{"StartAt": ${'1'.repeat(1_000_000)}}`, { severity: 'WARNING' }).result).toBe('FAIL');
    const states = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`S${index}`, { Type: 'Pass', Next: `S${index + 1}` }]));
    const { diagnostics } = validateDefinition({ StartAt: 'S0', States: states });
    expect(diagnostics.map(({ code }) => code)).toEqual(['MISSING_TRANSITION_TARGET', 'MISSING_END_STATE']);
    expect(validateDefinition({ StartAt: 'A', States: { A: { Type: 'Pass', Next: long, InputPath: long, End: true, [long]: 1 } } }).result).toBe('FAIL');
  });
});

describe('any JSON', () => {
  const fields = 'StartAt States Type Next End Choices And Not Variable IsNull Branches ItemProcessor ProcessorConfig Mode Retry Catch ErrorEquals';
  const more = 'Assign Parameters a.$ Resource Output QueryLanguage ItemReader ReaderConfig Label A __proto__';
  const word = fc.constantFrom(...`${fields} ${more}`.split(' '));
  const text = fc.oneof(
    word,
    fc.constantFrom('Pass', 'Task', 'Choice', 'Map', 'Parallel', 'Wait', 'Fail', 'Succeed', 'JSONata', 'JSONPath', 'DISTRIBUTED', '$.a', '{% a %}', '{% ( %}', 'States.ALL'),
    fc.string(),
  );
  const { definition } = fc.letrec<{ definition: unknown }>((tie) => ({
    definition: fc.oneof(
      { maxDepth: 8 },
      text,
      fc.constantFrom<unknown>(true, false, null, 0, -1, 1.5, 1e300),
      fc.array(tie('definition'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(word, text), tie('definition'), { maxKeys: 6 }),
    ),
  }));
  const state = fc.record({ Type: fc.constantFrom('Pass', 'Task', 'Choice', 'Map', 'Parallel', 'Wait', 'Fail', 'Succeed') }).chain((type) =>
    fc.dictionary(fc.oneof(word, text), definition, { maxKeys: 8 }).map((fields) => ({ ...fields, ...type })),
  );

  it('never makes it throw, and text and value agree', () => {
    fc.assert(
      fc.property(fc.oneof(definition, fc.record({ StartAt: text, QueryLanguage: text, States: fc.dictionary(text, state, { minKeys: 1, maxKeys: 3 }) })), (value) => {
        const options = { severity: 'WARNING', maxResults: 100 } as const;
        const fromText = validateDefinition(JSON.stringify(value), options);
        expect(fromText.result === 'FAIL').toBe(fromText.diagnostics.some(({ severity }) => severity === 'ERROR') || fromText.truncated);
        if (typeof value !== 'string') expect(validateDefinition(value, options).result).toBe(fromText.result);
        for (const { pointer } of fromText.diagnostics) expect(pointer === '' || pointer.startsWith('/')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('definition-shape.gen.ts', () => {
  it('is what the schemas compile to', () => {
    expect(committedDefinitionShape()).toBe(generateDefinitionShape());
  });
});
