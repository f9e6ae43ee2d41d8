// Reading: everything a text holds, or one state machine of it.
export { readDefinition, readTemplate, type StateMachine, type Template, type TemplateOptions } from './read-template.ts';
export type { Placeholder } from './substitutions.ts';
export type { ReadFile } from './local-file.ts';
export type { SubstitutionValue } from './template-scope.ts';

// The one error.
export { isTemplateError, TemplateError, type TemplateErrorCode, type TemplateErrorDetails } from './template-error.ts';

// The two text formats, for what else comes as a file (inputs, mocks).
export { parseJsonText, type JsonTextOptions } from './json-text.ts';
export { parseYamlText } from './yaml-text.ts';
