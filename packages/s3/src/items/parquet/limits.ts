/** What a Parquet file may ask of memory. AWS reads row groups of up to 256 MB. */
export const MAX_FOOTER_BYTES = 16_777_216;
/** All columns of a row group, as they are stored and decompressed alike. */
export const MAX_GROUP_BYTES = 268_435_456;
/** Values of one page: a few bytes can stand for any number of them. */
export const MAX_PAGE_VALUES = 4_194_304;
/** Values of a nested column in one row group, times its depth: they are put together all at once. */
export const MAX_NESTED_VALUES = 16_777_216;
/** Values of a row group (of nested columns: times twice their depth), and how many more for each of its bytes: more would take long to get through. */
export const MAX_GROUP_VALUES = 8_388_608;
export const MORE_VALUES_PER_BYTE = 64;
export const MAX_COLUMNS = 10_000;
export const MAX_DEPTH = 32;
/** A decimal's bytes; the time to read one grows with their square. */
export const MAX_DECIMAL_BYTES = 64;
