import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTemplateError, parseJsonText, parseYamlText, readDefinition, readTemplate, TemplateError } from './index.ts';

function code(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof TemplateError ? error.code : String(error);
  }
}

const machine = (properties: string, rest = ''): string =>
  `${rest}\nResources:\n  M: { Type: 'AWS::Serverless::StateMachine', Properties: { ${properties} } }\n`;

describe('hostile texts', () => {
  it.each<[string, string, string]>([
    ['JSON arrays 100,000 deep', '['.repeat(100_000), 'NestedTooDeep'],
    ['intrinsic functions 490 deep', `{"Resources":{"M":{"Type":"AWS::Serverless::StateMachine","Properties":{"Definition":${'{"Fn::Select":[0,['.repeat(160)}1${']]}'.repeat(160)}}}}}`, 'InvalidTemplate'],
    ['JSON objects 100,000 deep', '{"a":'.repeat(100_000), 'NestedTooDeep'],
    ['YAML flow 10,000 deep', `a: ${'['.repeat(10_000)}`, 'NestedTooDeep'],
    ['YAML block 10,000 deep', `${'- '.repeat(10_000)}a`, 'NestedTooDeep'],
    ['YAML keys 10,000 deep', `${'? '.repeat(10_000)}a`, 'NestedTooDeep'],
    ['YAML indented 1,000 deep', Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), 'NestedTooDeep'],
    ['aliases that multiply', Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1},`.repeat(9)}]`).join('\n'), 'TooLarge'],
    ['merges that multiply', Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} { <<: [${i === 0 ? '{ x: 1 }' : `*a${i - 1},`.repeat(9)}], k${i}: 1 }`).join('\n'), 'TooLarge'],
    ['merges without end', `a: { <<: [${'{},'.repeat(50_000)}], ${'<<: {},'.repeat(5_000)} b: 1 }`, 'NoStateMachine'],
    ['an alias inside its anchor', 'a: &a [*a]', 'InvalidYaml'],
    ['an alias to nothing', 'a: *b', 'InvalidYaml'],
    ['a million digits in YAML', `a: ${'9'.repeat(1_000_000)}`, 'UnsafeInteger'],
    ['a million digits in JSON', `{"a":${'9'.repeat(1_000_000)}}`, 'UnsafeInteger'],
    ['an exponent beyond every number', '{"a":1e999}', 'UnsafeInteger'],
    ['YAML past its length', `a: ${'x'.repeat(1_048_576)}`, 'TooLarge'],
    ['JSON past its length', `"${'x'.repeat(16_000_000)}"`, 'TooLarge'],
    ['substitutions that multiply', machine(`Definition: { States: [${'"${A}${A}${A}${A}",'.repeat(100)}] }, DefinitionSubstitutions: { A: ${'x'.repeat(100_000)} }`), 'TooLarge'],
    ['joins that multiply', machine(`Definition: { States: !Join [${'x'.repeat(100_000)}, [${'1,'.repeat(1_000)}]] }`), 'TooLarge'],
    ['names that lead to names', `Resources:\n${Array.from({ length: 500 }, (_, i) => `  Q${i}: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !GetAtt Q${i + 1}.QueueName } }\n`).join('')}  M: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: { States: !Ref Q0 } } }`, 'NestedTooDeep'],
    ['conditions that lead to conditions', machine('Definition: { States: !If [C0, 1, 2] }', `Conditions:\n${Array.from({ length: 2_000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]\n`).join('')}`), 'NestedTooDeep'],
  ])('%s', (_, text, expected) => {
    expect(code(() => readTemplate(text))).toBe(expected);
  });

  it('names that double stay bounded', () => {
    const names = Array.from({ length: 25 }, (_, i) => `  Q${i}: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !Sub '\${Q${i + 1}.QueueName}\${Q${i + 1}.QueueName}' } }\n`).join('');
    const { definition } = readDefinition(`Resources:\n${names}  M: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: { States: !GetAtt Q0.QueueName } } }`);
    expect((definition as { States: string }).States.length).toBeLessThan(300);
  });

  it('keys such as __proto__ are data, in every format', () => {
    const json = '{"StartAt":"A","States":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const yaml = 'StartAt: A\nStates:\n  __proto__: { polluted: 1 }\n  constructor: { prototype: { polluted: 1 } }\n';
    const template = machine('Definition: { States: { __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } }, StartAt: A }');
    const merged = 'StartAt: A\nx: &x { __proto__: { polluted: 1 } }\nStates: { <<: *x, constructor: { prototype: { polluted: 1 } } }\n';
    for (const source of [json, yaml, template, merged, JSON.parse(json) as object]) {
      const { States } = readDefinition(source).definition as { States: object };
      expect(Object.keys(States).sort()).toEqual(['__proto__', 'constructor']);
      expect(Object.getPrototypeOf(States)).toBe(Object.prototype);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('substitutions named like properties of every object are data', () => {
    const text = '{"StartAt":"${constructor}","States":{"a":"${__proto__}","b":"${toString}"}}';
    expect(readDefinition(text).definition).toEqual({ StartAt: '${constructor}', States: { a: '${__proto__}', b: '${toString}' } });
  });

  it('objects that are no JSON', () => {
    const circle: Record<string, unknown> = { StartAt: 'A' };
    circle['States'] = circle;
    expect(code(() => readTemplate(circle))).toBe('NestedTooDeep');
    for (const value of [1n, () => 1, Symbol('s'), Number.NaN]) expect(code(() => readTemplate({ StartAt: value }))).toBe('InvalidTemplate');
    expect(readDefinition({ StartAt: 'A', Comment: undefined }).definition).toEqual({ StartAt: 'A' });
  });

  it('a reader that fails or gives no text', () => {
    const text = machine('DefinitionUri: a.json');
    const failing = (): string => {
      throw new Error('ENOENT');
    };
    expect(code(() => readTemplate(text, { readFile: failing }))).toBe('UnreadableFile');
    expect(code(() => readTemplate(text, { readFile: () => 1 as unknown as string }))).toBe('UnreadableFile');
  });

  it('ten megabytes of text in a definition', () => {
    const comment = 'x'.repeat(10_000_000);
    expect(readDefinition(`{"StartAt":"A","Comment":"${comment}"}`).definition).toEqual({ StartAt: 'A', Comment: comment });
  });

  it('placeholders that open and never close', () => {
    const comment = '${'.repeat(1_000_000);
    expect(readDefinition({ StartAt: 'A', Comment: comment })).toMatchObject({ definition: { Comment: comment }, placeholders: [] });
  });

  it('noncharacters of the template stay what they are', () => {
    const definition = { StartAt: 'A', Comment: '\ufdd00\ufdd1 \ufdd0' };
    expect(readDefinition(definition).definition).toEqual(definition);
  });
});

// Pieces that templates are made of, so that random texts get past the parsers.
const piece = fc.constantFrom(
  '{', '}', '[', ']', ':', ',', '"', "'", '\n', '  ', '- ', '? ', '&a ', '*a', '<<: ', '!Sub ', '!Ref ', '!GetAtt ', '!Join ', '---\n', '${', '${A}', '#', '|\n', '\\u',
  'StartAt: A\n', 'States: ', 'Resources: ', 'Type: AWS::Serverless::StateMachine\n', 'Properties: ', 'Definition: ', 'DefinitionString: ',
  'stepFunctions: ', 'stateMachines: ', '"StartAt":', '"States":', 'Fn::Sub', 'Fn::If', '__proto__', '1e9', '9007199254740993', 'null',
);
// Beyond 2^53 JSON.parse changes what it reads, and parseJsonText refuses.
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, (_, item: unknown) => (Number.isInteger(item) && !Number.isSafeInteger(item) ? 0 : item)));
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')));
const names = fc.constantFrom('A', 'B', 'Fn::GetAtt', 'Ref', 'AWS::Region', '__proto__', 'constructor', '${A}', 'IsProd', 'Arn');
const { expression } = fc.letrec<{ expression: unknown }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 }, fc.constantFrom<unknown>('A', '${A}', '${!A}', 'x:${B.Arn}', 1, null, true), names.map((name) => ({ Ref: name })),
    fc.tuple(
      fc.constantFrom('Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::If', 'Fn::ImportValue', 'Fn::Odd', 'Fn::Equals', 'Fn::Not', 'Fn::GetAZs', 'x'),
      fc.oneof(fc.array(tie('expression'), { maxLength: 4 }), tie('expression'), names),
    ).map(([name, argument]) => ({ [name]: argument })),
    fc.dictionary(names, tie('expression'), { maxKeys: 3 }),
  ),
}));

function failsOnlyWithTemplateError<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!isTemplateError(error)) throw error;
    return undefined;
  }
}

describe('properties', () => {
  const prototypes = (): string => JSON.stringify([Object.prototype, Array.prototype, Function.prototype].map(Object.getOwnPropertyNames));

  it('no text throws anything but a TemplateError, or changes a prototype', () => {
    const before = prototypes();
    fc.assert(fc.property(text, fc.constantFrom(undefined, 'a.json', 'a.yaml'), (source, path) => {
      failsOnlyWithTemplateError(() => readTemplate(source, { ...(path === undefined ? {} : { path }), substitutions: { A: 1 }, readFile: () => source }));
    }), { numRuns: 2_000 });
    expect(prototypes()).toBe(before);
  });

  it('no template throws anything but a TemplateError, and what is read is JSON', () => {
    fc.assert(fc.property(expression, expression, expression, fc.constantFrom('Definition', 'DefinitionString', 'DefinitionUri', 'DefinitionS3Location'), (a, b, c, field) => {
      const stateMachines = failsOnlyWithTemplateError(() => {
        const template = {
          Parameters: { A: { Type: 'String', Default: a } }, Conditions: { IsProd: b }, Mappings: { A: { A: { A: a } } },
          Resources: {
            A: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: b } },
            B: { Type: 'AWS::SQS::Queue', Properties: { QueueName: c } },
            M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { [field]: field === 'Definition' ? { StartAt: a, States: b } : c, DefinitionSubstitutions: { A: a } } },
          },
        };
        return readTemplate(template).stateMachines;
      });
      expect(JSON.parse(JSON.stringify(stateMachines ?? null))).toEqual(stateMachines ?? null);
    }), { numRuns: 2_000 });
  });

  it('JSON is read as JSON.parse reads it, and refused where it refuses', () => {
    fc.assert(fc.property(json, (source) => {
      expect(parseJsonText(source)).toEqual(JSON.parse(source));
    }), { numRuns: 500 });
    const fragment = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-', '0', '.5', 'e1', 'true', 'nul', ' ', '\\n', '\n', '\t'), { maxLength: 12 });
    fc.assert(fc.property(fragment, (parts) => {
      const source = parts.join('');
      expect(code(() => parseJsonText(source)) === 'none').toBe(code(() => JSON.parse(source)) === 'none');
    }), { numRuns: 5_000 });
  });

  it('YAML reads every JSON as JSON.parse does', () => {
    fc.assert(fc.property(json, (source) => {
      expect(parseYamlText(source)).toEqual([JSON.parse(source)]);
    }), { numRuns: 300 });
  });

  it('a definition comes back as it went in, and shares nothing', () => {
    fc.assert(fc.property(json, (value) => {
      const source = { StartAt: 'A', States: { A: JSON.parse(value) as unknown } };
      const { definition } = readDefinition(source);
      expect(JSON.stringify(definition)).toBe(JSON.stringify(readDefinition(JSON.stringify(source)).definition));
    }), { numRuns: 500 });
  });
});
