// What the monorepo's own conformance runner reaches besides the public entry. Not for users: may change at any time.
export { compileJsonPath, JsonPathError, type JsonPath } from './jsonpath/compile.ts';
export { compileJsonata, JsonataError, type JsonataEnvironment, type JsonataExpression } from './jsonata/compile.ts';
export { validateDefinition } from './validation/validate.ts';
export { invalidDefinitionMessage } from './validation/diagnostic.ts';
