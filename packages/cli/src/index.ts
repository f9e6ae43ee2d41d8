export { runCli } from './program.ts';
export { processTerminal, type Output, type Terminal } from './terminal.ts';
