/** Runs the order machine with the command line, as in the README, and looks at what comes out. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const cli = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const order = JSON.parse(readFileSync(new URL('input.json', import.meta.url), 'utf8'));

function run(input) {
  const args = ['run', 'order.asl.yaml', '--input', '-', '--functions', 'functions.mjs', '--virtual-time', '--json', '--history'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', input: JSON.stringify(input) });
  assert.equal(stderr, '');
  return { exitCode: status, ...JSON.parse(stdout) };
}

test('an order is fulfilled, although the payment service fails once and the mail bounces', () => {
  const { exitCode, status, output, history } = run(order);
  assert.equal(status, 'SUCCEEDED');
  assert.equal(exitCode, 0);
  assert.deepEqual(output, {
    orderId: 'A-1042',
    total: 589,
    items: ['12 × TEA-01 from Hamburg', '12 × CUP-02 from Dresden', '1 × POT-03 from Dresden'],
    payment: 'tx-A-1042',
    tracking: 'TRACK-A-1042-1200',
    receipt: 'printed for Ada Lovelace, to go into the parcel',
  });
  const errors = history.filter(({ type }) => type === 'LambdaFunctionFailed').map(({ details }) => details.error);
  assert.deepEqual(errors, ['Payment.Unavailable', 'Mail.Bounced']);
});

test('a declined card frees the items again', () => {
  const { exitCode, status, error, cause, history } = run({ ...order, customer: { ...order.customer, card: '0000 0000 0000 0000' } });
  assert.equal(status, 'FAILED');
  assert.equal(exitCode, 1);
  assert.equal(error, 'Order.PaymentDeclined');
  assert.equal(cause, 'Order A-1042 was not paid, its items are free again.');
  assert.equal(history.filter(({ type, details }) => type === 'TaskStateEntered' && details.name === 'Release').length, 3);
});

test('an order that looks like fraud is refused before anything is reserved', () => {
  const { status, error, history } = run({ ...order, customer: { ...order.customer, name: 'Mallory' } });
  assert.equal(status, 'FAILED');
  assert.equal(error, 'Order.Refused');
  assert.ok(!history.some(({ type }) => type === 'MapStateEntered'));
});
