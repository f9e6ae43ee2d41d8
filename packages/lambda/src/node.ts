export { loadHandler, loadHandlers } from './load-handler.ts';
