export { states, type StatesAdapter, type StatesOptions } from './adapter.ts';
export { DIRECTORY_KIND, type ApiRequest } from './directory.ts';
export { STATES_ERRORS, type StatesErrorCode } from './errors.ts';
export { mapRunMachine } from './map-run/map-run.ts';
