// A cloud under control.
export { testCloud, type MachineTypes, type TestCloud, type TestCloudOptions } from './test-cloud.ts';
export type { SentRequest } from './sent-requests.ts';

// Mocks.
export { Mock, type MockAnswer, type MockCall, type MockFunction } from './mocks/mock.ts';
export type { MockScope } from './mocks/mock-target.ts';
export { applyMockConfig, MockConfigError, type MockConfig, type MockedResponse } from './mocks/mock-config.ts';

// Histories as visits of states.
export { createExecutionTrace, type Change, type ExecutionTrace } from './trace/execution-trace.ts';
export { executionOverlay } from './trace/execution-overlay.ts';
export { depthOf, labelOf, type Segment, type Visit } from './trace/visit.ts';

// Assertions.
export { matchers, type InterstateMatchers } from './matchers/matchers.ts';
export type { MatcherResult, MatcherState } from './matchers/matcher.ts';
export { historySnapshot } from './history-snapshot.ts';

// Recorded executions, run again.
export { replay, type ReplayOptions, type ReplayReport } from './replay/replay.ts';
export { HistoryError, readHistory, readHistoryEvents, type RecordedHistory } from './replay/read-history.ts';
export type { RecordedEvent, Run, TaskOutcome } from './replay/recorded-event.ts';
export type { OutcomesRun } from './replay/run-outcomes.ts';

// Tests as data, in files.
export { applyMocks, readTestFile, type FileTest, type TestFile } from './test-file/test-file.ts';
export { readCodeTests, runCodeTest, type CodeTest, type CodeTestContext, type CodeTestFunction, type CodeTestOptions, type CodeTests } from './test-file/code-test.ts';
export { adviceOnMissing, makeResources, readResources, type ResourceCall } from './test-file/resources.ts';
export { TestFileError } from './test-file/reading.ts';
export { runFileTest, type FileTestResult, type FileTestSurroundings } from './test-file/run-file-test.ts';
export type { Expectation } from './test-file/expectation.ts';

// Coverage: what of definitions ran.
export { createCoverage, type Coverage, type CoverageParts } from './coverage/coverage.ts';
export { collectCoverage } from './coverage/whole-run.ts';
export { CoverageDataError, mergeCoverage, readCoverageData, type CoverageData, type DefinitionCounts } from './coverage/coverage-data.ts';
export { firstMissed, METRICS, percentOf, reportCoverage, type CoveredPoint, type CoverageReport, type DefinitionReport, type DefinitionSource, type Metric, type Ratio, type Totals } from './coverage/coverage-report.ts';
export type { PointPlace } from './coverage/point-place.ts';
export { printDefinition, type DefinitionText } from './coverage/printed-definition.ts';
export { coverageText, shortfallText, type TextReportOptions } from './coverage/text-report.ts';
export { coverageJson } from './coverage/json-report.ts';
export { coverageLcov } from './coverage/lcov-report.ts';
export { coverageOverlay } from './coverage/coverage-overlay.ts';
export { coverageHtml } from './coverage/html-report.ts';
export { findShortfalls, type CoverageThresholds, type Shortfall } from './coverage/thresholds.ts';

// Chaos: what the real world does, and what must hold all the same.
export { chaos, type ChaosFinding, type ChaosOptions, type ChaosReport } from './chaos/chaos.ts';
export type { Application, DefinitionScenario, Scenario } from './chaos/scenario.ts';
export type { ChaosRun } from './chaos/chaos-run.ts';
export type { DeliveryFaultKind, Fault, FaultKind, TaskFaultKind } from './chaos/fault.ts';
export type { HandOver, Opportunity, TaskAttempt } from './chaos/opportunity.ts';
export type { Finding } from './chaos/properties.ts';
export type { DoneWork } from './chaos/done-work.ts';

// Time travel: executions recorded as they run, gone through event by event.
export { createRecorder, pathText, type PathPart, type RecordedChild, type RecordedStep, type RecordedVisit, type Recorder, type Recording } from './time-travel/recording.ts';
export type { Position } from './time-travel/position.ts';
export type { Wait } from './time-travel/wait.ts';
export { createTimeTravel, type Breakpoint, type TimeTravel } from './time-travel/session.ts';
