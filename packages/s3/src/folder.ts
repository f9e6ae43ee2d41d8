// The object store on a folder: the only part that needs Node.js.
export { folderStore } from './store/folder-store.ts';
export type { ObjectStore } from './store/object-store.ts';
