// For tests: what every machine must pass, and a host small enough to be read in a minute.
export { checkMachineContract, type Delivery, type MachineUnderContract } from './machine-contract.ts';
export { noCrypto } from './no-crypto.ts';
export { assertPlainJson } from './plain-json.ts';
export { createTinyHost, type Answer, type TinyHost, type TinyHostOptions } from './tiny-host.ts';
