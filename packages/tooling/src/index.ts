export type { Bench } from './bench/bench.ts';
