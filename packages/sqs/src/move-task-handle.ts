import { base64FromBytes, bytesFromBase64, isJsonObject, textFromUtf8, utf8FromText, type Json } from '@interstate/kernel';

/** What the handle of a message move task names. */
export interface TaskHandle {
  readonly taskId: string;
  readonly sourceArn: string;
}

const MAX_CHARACTERS = 1024;

export function writeTaskHandle(handle: TaskHandle): string {
  return base64FromBytes(utf8FromText(JSON.stringify(handle)));
}

/** Undefined for any text that is no handle. */
export function readTaskHandle(text: unknown): TaskHandle | undefined {
  if (typeof text !== 'string' || text.length > MAX_CHARACTERS) return undefined;
  const bytes = bytesFromBase64(text);
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(textFromUtf8(bytes)) as Json;
    if (!isJsonObject(value)) return undefined;
    const { taskId, sourceArn } = value;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { taskId, sourceArn } : undefined;
  } catch {
    return undefined;
  }
}
