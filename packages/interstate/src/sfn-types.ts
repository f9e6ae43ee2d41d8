export type Sfn = Record<string, (input?: object) => Promise<any>>;
