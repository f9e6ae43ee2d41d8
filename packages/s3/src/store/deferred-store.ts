import type { ObjectStore } from './object-store.ts';

/** A store that is opened when first used; should that fail, every use fails with the same error. */
export function deferredStore(open: () => Promise<ObjectStore>): ObjectStore {
  let opened: Promise<ObjectStore> | undefined;
  const store = (): Promise<ObjectStore> => (opened ??= open());
  return {
    listBuckets: async () => (await store()).listBuckets(),
    hasBucket: async (...where) => (await store()).hasBucket(...where),
    createBucket: async (...what) => (await store()).createBucket(...what),
    deleteBucket: async (...what) => (await store()).deleteBucket(...what),
    head: async (...where) => (await store()).head(...where),
    read: async (...where) => (await store()).read(...where),
    md5: async (...where) => (await store()).md5(...where),
    write: async (...what) => (await store()).write(...what),
    splice: async (...what) => (await store()).splice(...what),
    delete: async (...what) => (await store()).delete(...what),
    list: async (...where) => (await store()).list(...where),
  };
}
