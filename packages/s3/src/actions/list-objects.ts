import type { Action } from './action.ts';
import { listObjectsV2, type ListedObject } from './list-objects-v2.ts';

export interface ListObjectsInput {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  /** Only keys after it. */
  readonly Marker?: string;
  /** 0…1,000, default 1,000. */
  readonly MaxKeys?: number;
}

export interface ListObjectsOutput {
  readonly Contents?: readonly ListedObject[];
  readonly CommonPrefixes?: readonly { readonly Prefix: string }[];
  readonly Delimiter?: string;
  readonly IsTruncated: boolean;
  readonly Marker: string;
  readonly MaxKeys: number;
  readonly Name: string;
  /** Only with a Delimiter, as S3 has it; else the last key is the next Marker. */
  readonly NextMarker?: string;
  readonly Prefix: string;
}

/** ListObjects, the older listing: a marker instead of tokens. Errors: NoSuchBucket, InvalidArgument. */
export const listObjects: Action<ListObjectsInput, ListObjectsOutput> = async (context, { Marker = '', ...input }) => {
  const listed = await listObjectsV2(context, { ...input, StartAfter: Marker });
  const { KeyCount: _, StartAfter: __, NextContinuationToken: token, ...output } = listed;
  return { ...output, Marker, ...(token === undefined || input.Delimiter === undefined ? {} : { NextMarker: decodeURIComponent(token) }) };
};
