/** The functions of the order machine, by the names the definition calls them. Each takes (event, context), as on AWS Lambda. */
import { setTimeout as sleep } from 'node:timers/promises';

class Declined extends Error {
  name = 'Payment.Declined';
}

class Unavailable extends Error {
  name = 'Payment.Unavailable';
}

class Bounced extends Error {
  name = 'Mail.Bounced';
}

const WAREHOUSES = { 'TEA-01': 'Hamburg', 'CUP-02': 'Dresden', 'POT-03': 'Dresden' };

export async function checkFraud({ customer, total }) {
  await sleep(300);
  return { score: customer.name === 'Mallory' ? 0.97 : total / 10_000 };
}

export async function ReserveItem({ sku, quantity }) {
  await sleep(350);
  return { sku, quantity, warehouse: WAREHOUSES[sku] ?? 'Berlin' };
}

export async function ReleaseItem() {
  await sleep(100);
}

let charges = 0;

export async function ChargeCard({ orderId, card, amount }) {
  await sleep(400);
  charges += 1;
  if (charges === 1) throw new Unavailable('The payment service does not answer.');
  if (card.startsWith('0000')) throw new Declined(`The card has no ${amount} left.`);
  return { transactionId: `tx-${orderId}` };
}

export async function PackOrder({ reservations }) {
  await sleep(500);
  return { weightGrams: reservations.length * 400 };
}

export async function ShipParcel({ orderId, parcel }) {
  await sleep(250);
  return { tracking: `TRACK-${orderId}-${parcel.weightGrams}` };
}

export async function SendReceipt({ customer }) {
  await sleep(600);
  if (!customer.email.includes('@')) throw new Bounced(`${customer.email} is no address.`);
  return { receipt: `mailed to ${customer.email}` };
}
