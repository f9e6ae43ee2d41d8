import type { FileMetaData, SchemaTree } from 'hyparquet';
import { MAX_COLUMNS, MAX_DECIMAL_BYTES, MAX_DEPTH } from './limits.ts';
import { readStruct, type ThriftStruct, type ThriftValue } from './thrift.ts';

/** A column that holds values: the schema's nodes from the root to it. */
export interface LeafColumn {
  readonly path: readonly SchemaTree[];
  readonly names: readonly string[];
  readonly node: SchemaTree;
  readonly maxDefinition: number;
  readonly maxRepetition: number;
  /** Its values are put together to lists or structures. */
  readonly nested: boolean;
}

const MAX_PARTS = 1_000_000;

// Numbers of Thrift fields, from the Parquet format's parquet.thrift.
const FILE = { schema: 2, rowGroups: 4 } as const;
const SCHEMA = { type: 1, typeLength: 2, name: 4, children: 5, convertedType: 6 } as const;
const COLUMN = { metadata: 3, statistics: 12, path: 3 } as const;
const DECIMAL = 5;

const struct = (value: ThriftValue | undefined): ThriftStruct => {
  if (!(value instanceof Map)) throw new RangeError('The footer lacks a part.');
  return value as ThriftStruct;
};
const list = (value: ThriftValue | undefined): readonly ThriftValue[] => {
  if (!Array.isArray(value)) throw new RangeError('The footer lacks a part.');
  return value as readonly ThriftValue[];
};

/**
 * Looks through a footer's bytes for what would keep the library busy for ever or make it fill memory.
 * @throws RangeError where there is such a thing.
 */
export function checkFooter(bytes: Uint8Array): void {
  const file = readStruct({ bytes, at: 0, budget: MAX_PARTS });
  const schema = list(file.get(FILE.schema)).map(struct);
  if (schema.length === 0 || schema.length > MAX_COLUMNS) throw new RangeError(`The schema has ${schema.length} elements; 1 to ${MAX_COLUMNS} can be read.`);
  // How many children each open group still waits for, the root outermost.
  const open: number[] = [];
  schema.forEach((element, index) => {
    const children = element.get(SCHEMA.children) ?? 0;
    const isLeaf = element.get(SCHEMA.type) !== undefined;
    if (typeof children !== 'number' || children < 0 || children > schema.length || !(element.get(SCHEMA.name) instanceof Uint8Array)) throw new RangeError('The schema is damaged.');
    if (isLeaf === children > 0 || (index === 0 ? isLeaf : open.length === 0)) throw new RangeError('The schema is damaged.');
    if (index > 0) open[open.length - 1]!--;
    if (!isLeaf) open.push(children);
    if (open.length > MAX_DEPTH) throw new RangeError(`The schema is nested deeper than ${MAX_DEPTH} levels.`);
    while (open.at(-1) === 0) open.pop();
  });
  if (open.length > 0) throw new RangeError('The schema is cut off.');
  const leaves = schema.filter((element) => element.get(SCHEMA.type) !== undefined);
  for (const group of list(file.get(FILE.rowGroups))) {
    const columns = list(struct(group).get(1));
    if (columns.length !== leaves.length) throw new RangeError('A row group has not one column for each in the schema.');
    columns.forEach((column, index) => {
      const metadata = struct(struct(column).get(COLUMN.metadata));
      if (list(metadata.get(COLUMN.path)).length > MAX_DEPTH) throw new RangeError('A column has a damaged path.');
      const statistics = metadata.get(COLUMN.statistics);
      if (statistics === undefined || leaves[index]!.get(SCHEMA.convertedType) !== DECIMAL) return;
      for (const value of struct(statistics).values()) {
        if (value instanceof Uint8Array && value.length > MAX_DECIMAL_BYTES) throw new RangeError('A decimal among the statistics is too long.');
      }
    });
  }
}

/** The columns that hold values, in the order of the schema. @throws RangeError for types that are damaged or not read. */
export function leafColumns(root: SchemaTree): LeafColumn[] {
  const leaves: LeafColumn[] = [];
  const visit = (node: SchemaTree, path: readonly SchemaTree[], maxDefinition: number, maxRepetition: number): void => {
    if (node.element.logical_type?.type === 'VARIANT') throw new RangeError(`Column '${node.path.join('.')}' is a VARIANT, which is not read.`);
    if (new Set(node.children.map(({ element }) => element.name)).size < node.children.length) throw new RangeError('The schema names a column twice.');
    if (node.children.length === 0) {
      checkType(node);
      leaves.push({ path, names: node.path, node, maxDefinition, maxRepetition, nested: path.length > 2 || maxRepetition > 0 });
    }
    for (const child of node.children) {
      const { repetition_type: repetition } = child.element;
      // The library would take it for the prototype of the structure around it.
      if (node !== root && child.element.name === '__proto__') throw new RangeError('A part of a structure is named __proto__, which is not read.');
      if (repetition === undefined) throw new RangeError(`Column '${child.path.join('.')}' has a damaged type.`);
      visit(child, [...path, child], maxDefinition + (repetition === 'REQUIRED' ? 0 : 1), maxRepetition + (repetition === 'REPEATED' ? 1 : 0));
    }
  };
  visit(root, [root], 0, 0);
  return leaves;
}

function checkType({ element, path }: SchemaTree): void {
  const { type, type_length: length, converted_type: converted, logical_type: logical } = element;
  const fixed = type === 'FIXED_LEN_BYTE_ARRAY';
  const lengths = converted === 'DECIMAL' ? MAX_DECIMAL_BYTES : 1_048_576;
  const wanted = logical?.type === 'UUID' ? 16 : logical?.type === 'FLOAT16' ? 2 : undefined;
  const sound = type !== undefined && (!fixed || (Number.isInteger(length) && length! > 0 && length! <= lengths)) && (wanted === undefined || (fixed && length === wanted));
  if (!sound) throw new RangeError(`Column '${path.join('.')}' has a damaged type.`);
}

/** One column of one row group: where it lies in the file, and what the footer says of it. */
export interface ColumnChunk {
  readonly leaf: LeafColumn;
  readonly start: number;
  readonly end: number;
  readonly codec: string;
  readonly values: number;
}

export interface RowGroupPlan {
  /** The group's first row in the file. */
  readonly start: number;
  readonly rows: number;
  /** @throws RangeError where the footer contradicts itself. */
  readonly chunks: () => readonly ColumnChunk[];
}

/** The row groups as the footer tells them, in order. */
export function planRowGroups(metadata: FileMetaData, leaves: readonly LeafColumn[], fileBytes: number): RowGroupPlan[] {
  let start = 0;
  return metadata.row_groups.map(({ num_rows, columns }) => {
    const rows = count(num_rows);
    const plan: RowGroupPlan = {
      start,
      rows,
      chunks: () =>
        columns.map(({ meta_data: column, file_path: other }, index) => {
          const leaf = leaves[index]!;
          const name = leaf.names.join('.');
          if (other !== undefined || column === undefined) throw new RangeError(`Column '${name}' lies in another file.`);
          if (column.type !== leaf.node.element.type || column.path_in_schema.length !== leaf.names.length || column.path_in_schema.some((part, level) => part !== leaf.names[level])) {
            throw new RangeError(`Column '${name}' does not follow the schema.`);
          }
          const from = count(column.dictionary_page_offset || column.data_page_offset);
          const end = from + count(column.total_compressed_size);
          if (end > fileBytes) throw new RangeError(`Column '${name}' is cut off.`);
          return { leaf, start: from, end, codec: column.codec, values: count(column.num_values) };
        }),
    };
    start += rows;
    return plan;
  });
}

function count(value: unknown): number {
  const number = typeof value === 'bigint' ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError('The footer holds a count that is out of range.');
  return number;
}
