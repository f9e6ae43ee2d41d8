// For tests: a host that keeps nothing in memory, to prove that nothing need be kept there.
export { crashing, type Crashing } from './crash-host.ts';
