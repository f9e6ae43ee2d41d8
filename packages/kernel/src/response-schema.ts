/**
 * What a service's action answers: members as Task results spell them (`ExecutionArn`), bounds inclusive (of a text: its length
 * in UTF-16 units). Members of shapes that hold themselves are made when asked for.
 */
export type ResponseSchema =
  | { readonly type: 'structure'; readonly members: ReadonlyMap<string, () => ResponseSchema>; readonly required: readonly string[] }
  | { readonly type: 'list' | 'map'; readonly value: () => ResponseSchema }
  | PlainSchema;

export interface PlainSchema {
  readonly type: 'string' | 'blob' | 'timestamp' | 'number' | 'boolean' | 'document';
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

/** The schema of an action's response; undefined where none is known. @param service as in `aws-sdk:<service>:<action>` */
export type ResponseSchemas = (service: string, action: string) => ResponseSchema | undefined;
