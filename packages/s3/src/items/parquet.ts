import { setJsonKey, type Json } from '@interstate/kernel';
import type { FileMetaData } from 'hyparquet';
import type { ObjectStore } from '../store/object-store.ts';
import { cellJson, parsers } from './parquet/cells.ts';
import { pageDecompressor } from './parquet/decompress.ts';
import { checkFooter, leafColumns, planRowGroups, type ColumnChunk, type RowGroupPlan } from './parquet/footer.ts';
import { MAX_FOOTER_BYTES, MAX_GROUP_BYTES, MAX_GROUP_VALUES, MORE_VALUES_PER_BYTE } from './parquet/limits.ts';
import { checkPages } from './parquet/pages.ts';
import { ReaderFault } from './reader-fault.ts';

/** Rows of a file, from `from` on. Each is put together when it is asked for: many can share what one of them holds. */
export interface ParquetRows {
  readonly from: number;
  readonly count: number;
  /** A row by its number in the file, as an item: one key per column. @throws ReaderFault */
  item(row: number): Json;
}

export interface ParquetFile {
  readonly rows: number;
  /** Rows from `from` on: at least one, at most `most`, all of one row group. @throws ReaderFault */
  read(from: number, most: number): Promise<ParquetRows>;
}

/** The columns of one row group as the library shall decode them. */
interface CheckedGroup {
  readonly plan: RowGroupPlan;
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
}

const FOOTER_END_BYTES = 8;
const MAGIC = 0x31524150;

/**
 * A Parquet file: its footer is read once, then only the row groups that are asked for. Pages may be plain or compressed with Snappy,
 * GZIP or Zstandard.
 * @throws ReaderFault where it is none.
 */
export async function openParquet(store: ObjectStore, bucket: string, key: string, size: number): Promise<ParquetFile> {
  const { parquetMetadata, parquetRead, parquetSchema } = await import('hyparquet');
  const guard = async <T>(read: () => T | Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      throw damaged(error);
    }
  };
  const { metadata, leaves, groups, columns } = await guard(async () => {
    const footer = await readFooter(store, bucket, key, size);
    checkFooter(footer);
    const metadata = parquetMetadata(footer);
    const tree = parquetSchema(metadata);
    const leaves = leafColumns(tree);
    const groups = planRowGroups(metadata, leaves, size);
    return { metadata, leaves, groups, columns: tree.children.map(({ element }) => element) };
  });
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  if (BigInt(rows) !== metadata.num_rows) throw damaged(new RangeError(`It says ${metadata.num_rows} rows, but its row groups hold ${rows}.`));
  if (rows > 0 && leaves.length === 0) throw damaged(new RangeError('It has no columns.'));

  let kept: CheckedGroup | undefined;
  const checkGroup = async (plan: RowGroupPlan): Promise<CheckedGroup> => {
    const chunks = plan.chunks();
    const stored = chunks.reduce((sum, { start, end }) => sum + end - start, 0);
    if (stored > MAX_GROUP_BYTES) throw new RangeError(`A row group is longer than ${MAX_GROUP_BYTES} bytes.`);
    const work = chunks.reduce((sum, { values, leaf }) => sum + values * (leaf.nested ? 2 * leaf.path.length : 1), 0);
    if (work > MAX_GROUP_VALUES + stored * MORE_VALUES_PER_BYTE) throw new RangeError(`A row group holds far more values than can stand in ${stored} bytes.`);
    const checked: Uint8Array<ArrayBuffer>[] = [];
    let budget = MAX_GROUP_BYTES;
    for (const chunk of chunks) {
      const bytes = await store.read(bucket, key, chunk.start, chunk.end);
      const pages = checkPages(bytes, chunk, plan.rows, budget, await pageDecompressor(chunk.codec));
      budget -= pages.length;
      checked.push(pages);
    }
    return { plan, chunks: checked };
  };

  return {
    rows,
    read: (from, most) =>
      guard(async () => {
        const plan = groups.find((group) => from >= group.start && from < group.start + group.rows);
        if (plan === undefined) throw new RangeError(`It has no row ${from}.`);
        if (kept?.plan !== plan) {
          kept = undefined;
          kept = await checkGroup(plan);
        }
        const rowStart = from - plan.start;
        const rowEnd = Math.min(rowStart + most, plan.rows);
        const { file, metadata: group } = asFile(metadata, plan, kept.chunks, leaves);
        const cells: unknown[][] = [];
        // One column after the other, so that only one is in memory as a whole.
        for (const { name } of columns) {
          await parquetRead({ file, metadata: group, rowStart, rowEnd, columns: [name], parsers, onComplete: (read) => cells.push(read.map((row) => (row as unknown[])[0])) });
        }
        return {
          from,
          count: rowEnd - rowStart,
          item: (row) => {
            try {
              const item: Record<string, Json> = {};
              columns.forEach((column, index) => setJsonKey(item, column.name, cellJson(cells[index]![row - from], column)));
              return item;
            } catch (error) {
              throw damaged(error);
            }
          },
        };
      }),
  };
}

function damaged(error: unknown): ReaderFault {
  return error instanceof ReaderFault ? error : new ReaderFault(`The Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}

/** The footer as the library takes it: with its length and the magic number behind. */
async function readFooter(store: ObjectStore, bucket: string, key: string, size: number): Promise<Uint8Array> {
  if (size < FOOTER_END_BYTES + 4) throw new RangeError('It is too short.');
  const end = await store.read(bucket, key, size - FOOTER_END_BYTES, size);
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  if (view.getUint32(4, true) !== MAGIC) throw new RangeError('It does not end as a Parquet file does.');
  const length = view.getUint32(0, true);
  if (length > size - FOOTER_END_BYTES) throw new RangeError('Its footer is cut off.');
  if (length > MAX_FOOTER_BYTES) throw new RangeError(`Its footer is longer than ${MAX_FOOTER_BYTES} bytes.`);
  return store.read(bucket, key, size - FOOTER_END_BYTES - length, size);
}

/** A file of one row group in memory, which consists of nothing but checked pages. */
function asFile(
  { version, schema, metadata_length }: FileMetaData,
  { rows }: RowGroupPlan,
  chunks: CheckedGroup['chunks'],
  leaves: readonly ColumnChunk['leaf'][],
): { readonly file: { byteLength: number; slice: (from: number, to?: number) => ArrayBuffer }; readonly metadata: FileMetaData } {
  let length = 0;
  const starts = chunks.map((chunk) => {
    const start = length;
    length += chunk.length;
    return start;
  });
  const columns = chunks.map((chunk, index) => ({
    file_offset: 0n,
    meta_data: {
      type: leaves[index]!.node.element.type!,
      encodings: [],
      path_in_schema: [...leaves[index]!.names],
      codec: 'UNCOMPRESSED' as const,
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(chunk.length),
      total_compressed_size: BigInt(chunk.length),
      data_page_offset: BigInt(starts[index]!),
    },
  }));
  return {
    file: {
      byteLength: length,
      slice: (from, to = length) => {
        const joined = new Uint8Array(to - from);
        chunks.forEach((chunk, index) => {
          const start = starts[index]!;
          if (start < to && start + chunk.length > from) joined.set(chunk.subarray(Math.max(0, from - start), to - start), Math.max(0, start - from));
        });
        return joined.buffer;
      },
    },
    metadata: { version, schema, num_rows: BigInt(rows), row_groups: [{ columns, total_byte_size: BigInt(length), num_rows: BigInt(rows) }], metadata_length },
  };
}
