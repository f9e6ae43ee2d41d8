export { callThroughTime } from './call-through-time.ts';
export { Host } from './host.ts';
export type { HostOptions, MessageOrder } from './host-options.ts';
export type { Input, InputEntry, InputLog } from './input-log.ts';
export { realClock, virtualClock, type Clock } from './clock.ts';
export { nodeCrypto } from './node-crypto.ts';
export { bindingName, createRouter, createTaskCheck, type Destination, type Router } from './router.ts';
export { MemoryStore, type Store, type StoredMachine, type Transaction } from './store.ts';
export type { HostEvents, Interceptor, Passage } from './observe.ts';
