// A cloud under control.
export { testCloud, type TestCloud, type TestCloudOptions } from './test-cloud.ts';
export type { SentRequest } from './sent-requests.ts';

// Mocks.
export { Mock, type MockCall, type MockFunction } from './mocks/mock.ts';
export type { MockScope } from './mocks/mock-target.ts';
export { applyMockConfig, MockConfigError, type MockConfig, type MockedResponse } from './mocks/mock-config.ts';

// Histories as visits of states.
export { createExecutionTrace, type Change, type ExecutionTrace } from './trace/execution-trace.ts';
export { depthOf, labelOf, type Segment, type Visit } from './trace/visit.ts';

// Assertions.
export { matchers, type InterstateMatchers } from './matchers/matchers.ts';
export type { MatcherResult, MatcherState } from './matchers/matcher.ts';
export { historySnapshot } from './history-snapshot.ts';
