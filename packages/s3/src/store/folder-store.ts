import { createHash } from 'node:crypto';
import { createReadStream, type BigIntStats } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { s3Error } from '../errors.ts';
import { isBucketName } from './bucket-access.ts';
import { isInside, keyPath } from './folder-paths.ts';
import { compareKeys, firstAfter } from './key-order.ts';
import { DEFAULT_CONTENT_TYPE, type ObjectAttributes, type ObjectInfo, type ObjectStore } from './object-store.ts';

/** Beside the buckets: types and metadata that a file cannot hold, and files that are being written. No bucket can have this name. */
const SIDE_FOLDER = '.interstate';

const KEPT_DIGESTS = 10_000;

/**
 * An object store on a folder: `<folder>/<bucket>/<key>`, each object a plain file with exactly its content. Files put there by hand
 * are objects. What no file can stand for (keys with empty, `.` or `..` segments, a key below another object's key) is refused.
 */
export function folderStore(folder: string): ObjectStore {
  const digests = new Map<string, string>();
  let temporary = 0;

  const bucketFolder = (bucket: string): string => join(folder, bucket);
  const sideFile = (bucket: string, path: string): string => join(folder, SIDE_FOLDER, 'attributes', bucket, `${path}.json`);

  /** The file of an object, if there can be one. */
  const locate = async (bucket: string, key: string): Promise<{ readonly path: string; readonly file: string } | undefined> => {
    const path = isBucketName(bucket) ? keyPath(key) : undefined;
    if (path === undefined) return undefined;
    const file = join(bucketFolder(bucket), path);
    return (await isInside(bucketFolder(bucket), file).catch(() => false)) ? { path, file } : undefined;
  };

  const locateToWrite = async (bucket: string, key: string): Promise<{ readonly path: string; readonly file: string }> => {
    const place = await locate(bucket, key);
    if (place === undefined) throw unholdable(key);
    return place;
  };

  const describe = async (bucket: string, key: string, path: string, stats: BigIntStats): Promise<ObjectInfo> => {
    const { contentType = DEFAULT_CONTENT_TYPE, metadata = {} } = await readAttributes(sideFile(bucket, path));
    const lastModified = Math.floor(Number(stats.mtimeNs / 1_000_000n));
    return { key, size: Number(stats.size), lastModified, contentType, metadata, version: versionOf(stats) };
  };

  const writeAttributes = async (bucket: string, path: string, { contentType = DEFAULT_CONTENT_TYPE, metadata = {} }: ObjectAttributes): Promise<void> => {
    const file = sideFile(bucket, path);
    if (contentType === DEFAULT_CONTENT_TYPE && Object.keys(metadata).length === 0) await rm(file, { force: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify({ contentType, metadata }));
    }
  };

  return {
    listBuckets: async () => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(absentIs([]));
      const names = entries.map(({ name }) => name).filter(isBucketName);
      const stats = await Promise.all(names.map((name) => stat(bucketFolder(name))));
      return names
        .map((name, index) => ({ name, created: Math.floor(stats[index]!.birthtimeMs), isFolder: stats[index]!.isDirectory() }))
        .filter(({ isFolder }) => isFolder)
        .sort((a, b) => compareKeys(a.name, b.name));
    },
    hasBucket: async (bucket) => isBucketName(bucket) && ((await stat(bucketFolder(bucket)).catch(absentIs(undefined)))?.isDirectory() ?? false),
    createBucket: async (bucket) => void (await mkdir(bucketFolder(bucket), { recursive: true })),
    deleteBucket: async (bucket) => {
      await rmdir(bucketFolder(bucket)).catch(() => {
        throw s3Error('BucketNotEmpty');
      });
    },
    head: async (bucket, key) => {
      const place = await locate(bucket, key);
      const stats = place && (await stat(place.file, { bigint: true }).catch(absentIs(undefined)));
      return stats?.isFile() ? describe(bucket, key, place!.path, stats) : undefined;
    },
    read: async (bucket, key, from, to) => {
      const { file } = await locateToWrite(bucket, key);
      return withFile(file, 'r', async (handle) => {
        const length = Math.max(0, Math.min(to, (await handle.stat()).size) - from);
        const bytes = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await handle.read(bytes, done, length - done, from + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return bytes.subarray(0, done);
      });
    },
    md5: async (bucket, key) => {
      const { file } = await locateToWrite(bucket, key);
      const name = `${file}\0${versionOf(await stat(file, { bigint: true }))}`;
      const known = digests.get(name);
      if (known !== undefined) return known;
      const hash = createHash('md5');
      for await (const part of createReadStream(file)) hash.update(part as Uint8Array);
      const digest = hash.digest('hex');
      if (digests.size >= KEPT_DIGESTS) digests.clear();
      digests.set(name, digest);
      return digest;
    },
    write: async (bucket, key, bytes, attributes) => {
      const { path, file } = await locateToWrite(bucket, key);
      const draft = join(folder, SIDE_FOLDER, 'drafts', `${process.pid}-${++temporary}`);
      await mkdir(dirname(draft), { recursive: true });
      await writeFile(draft, bytes);
      try {
        await setTime(draft, attributes);
        await mkdir(dirname(file), { recursive: true });
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw isObstacle(error) ? unholdable(key) : error;
      }
      await writeAttributes(bucket, path, attributes);
    },
    splice: async (bucket, key, offset, bytes, attributes) => {
      const { path, file } = await locateToWrite(bucket, key);
      try {
        await mkdir(dirname(file), { recursive: true });
        // Opened without cutting it: one write puts the new bytes over the old end.
        const flag = (await stat(file).catch(absentIs(undefined))) === undefined ? 'wx' : 'r+';
        await withFile(file, flag, async (handle) => {
          for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
          if ((await handle.stat()).size > offset + bytes.length) await handle.truncate(offset + bytes.length);
        });
      } catch (error) {
        throw isObstacle(error) ? unholdable(key) : error;
      }
      await setTime(file, attributes);
      if (offset === 0) await writeAttributes(bucket, path, attributes);
    },
    delete: async (bucket, key) => {
      const place = await locate(bucket, key);
      if (place === undefined) return;
      await unlink(place.file).catch(absentIs(undefined));
      await rm(sideFile(bucket, place.path), { force: true });
      // Folders are nothing of their own in S3: an empty one goes.
      for (let parent = dirname(place.file); parent !== bucketFolder(bucket); parent = dirname(parent)) {
        if (!(await rmdir(parent).then(() => true, () => false))) break;
      }
    },
    list: async (bucket, { prefix, after, limit }) => {
      if (!isBucketName(bucket)) return [];
      const keys: string[] = [];
      await collectKeys(bucketFolder(bucket), '', prefix, keys);
      keys.sort(compareKeys);
      const found: ObjectInfo[] = [];
      for (let index = firstAfter(keys, after); index < keys.length && found.length < limit; index++) {
        const key = keys[index]!;
        const stats = await stat(join(bucketFolder(bucket), key), { bigint: true }).catch(absentIs(undefined));
        if (stats !== undefined) found.push(await describe(bucket, key, key.replaceAll('/', sep), stats));
      }
      return found;
    },
  };
}

async function collectKeys(folder: string, above: string, prefix: string, keys: string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(absentIs([]))) {
    const key = above + entry.name;
    if (keyPath(entry.name) === undefined) continue;
    if (entry.isDirectory()) {
      const below = `${key}/`;
      if (below.startsWith(prefix) || prefix.startsWith(below)) await collectKeys(join(folder, entry.name), below, prefix, keys);
    } else if (entry.isFile() && key.startsWith(prefix)) keys.push(key);
  }
}

/** Changes with every write, even where the host's clock stands still; `utimes` cannot set it. */
function versionOf(stats: BigIntStats): string {
  return `${stats.size}-${stats.ctimeNs}`;
}

async function setTime(file: string, { lastModified }: ObjectAttributes): Promise<void> {
  await utimes(file, lastModified / 1000, lastModified / 1000);
}

async function withFile<T>(file: string, flags: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, flags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

async function readAttributes(file: string): Promise<{ contentType?: string; metadata?: Record<string, string> }> {
  const text = await readFile(file, 'utf8').catch(absentIs(undefined));
  return text === undefined ? {} : (JSON.parse(text) as { contentType?: string; metadata?: Record<string, string> });
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** A file stands where a folder is needed, or a folder where a file is. */
const isObstacle = (error: unknown): boolean => ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY'].includes(codeOf(error) ?? '');

/** For `catch`: a file or folder that is not there is no error. */
function absentIs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return value;
    throw error;
  };
}

function unholdable(key: string): Error {
  return s3Error('InvalidArgument', { reason: `The key ${JSON.stringify(key.slice(0, 200))} cannot be a file's path, which an object store on a folder needs` });
}
