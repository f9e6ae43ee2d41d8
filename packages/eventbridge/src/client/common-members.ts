export interface DeadLetterConfig {
  Arn?: string;
}
export interface Tag {
  Key: string;
  Value: string;
}
export type Nothing = object;
