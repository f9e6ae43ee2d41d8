#!/usr/bin/env node
import { EXIT } from './exit-code.ts';
import { processTerminal } from './terminal.ts';
import { VERSION } from './version.ts';

// Whoever reads may have seen enough, as in `interstate test | head`; nobody is left to be told.
process.stdout.on('error', () => process.exit(EXIT.failed));

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) process.stdout.write(`${VERSION}\n`);
else {
  void import('./program.ts')
    .then(({ runCli }) => runCli(args, processTerminal()))
    // What a function left open (a pool, a timer) must not keep the command; what was written must get out.
    .then((code) => process.stdout.write('', (error) => process.exit(error ? EXIT.failed : code)));
}
