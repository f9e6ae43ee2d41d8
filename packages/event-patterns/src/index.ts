// The language: text to data, or the refusal in the service's words.
export { parsePattern, type PatternRefusal } from './language/parse-pattern.ts';
export { eventBridgeDialect, eventSourceMappingDialect, pipesDialect, snsDialects, type PatternDialect } from './language/dialect.ts';
export type { Alternative, Branch, EventPattern, ExcludedKind, Field, Numbers } from './language/pattern.ts';

// Matching: one pattern, or thousands at once.
export { compilePattern } from './matching/compile-pattern.ts';
export { createPatternSet, type PatternSet } from './matching/pattern-set.ts';

// Events of a text, with numbers that no double holds.
export { readEventText, readJsonText, type EventObject, type EventValue } from './values/event-text.ts';
export { NumberText } from './values/numbers.ts';

// Filters of services.
export { snsFilter, snsFilterView, type FilterPolicyScope, type SnsFilter, type SnsMessage, type SnsMessageAttribute } from './filters/sns-filter.ts';
export { MAX_RECORD_FILTERS, recordFilter, recordView, type RecordFilter } from './filters/record-filter.ts';
