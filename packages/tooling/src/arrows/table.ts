/** One row of the table of rooms (house plan): who may import whom. */
export interface Room {
  /** Packages of the monorepo that the sources may import; `*` for any. */
  readonly imports: readonly string[] | '*';
  /** Plain ECMAScript: no `node:*`, no other platform module. */
  readonly pure?: true;
  /** Folders of a plain package that hold its connectors: they may use the platform. */
  readonly platform?: readonly string[];
  /** Folders that hold a recursive grammar (a path has filters, a filter has paths): their files may import one another in a circle. */
  readonly recursive?: readonly string[];
}

const kit = ['kernel', 'service-kit', 'event-patterns'];
const umbrella = ['kernel', 'core', 'runtime', 'states', 'service-kit', 'event-patterns', 'http', 'lambda', 's3', 'aws', 'templates', 'sqs', 'sns', 'eventbridge'];

/** The arrows between packages, by folder name. Whatever is not here is not allowed; a package without a row fails the check. */
export const rooms: Readonly<Record<string, Room>> = {
  kernel: { imports: [], pure: true },
  core: { imports: ['kernel'], pure: true, recursive: ['src/jsonpath'] },
  'service-kit': { imports: ['kernel'], pure: true },
  states: { imports: ['kernel', 'core', 'service-kit'], pure: true },
  'event-patterns': { imports: ['kernel'], pure: true },
  runtime: { imports: ['kernel', 'core'] },
  templates: { imports: ['kernel'] },
  graph: { imports: ['kernel'] },
  http: { imports: kit },
  lambda: { imports: kit },
  s3: { imports: kit },
  aws: { imports: kit },
  sqs: { imports: kit, pure: true },
  sns: { imports: kit, pure: true, platform: ['src/connectors'] },
  eventbridge: { imports: kit, pure: true, platform: ['src/connectors'] },
  interstate: { imports: umbrella },
  testing: { imports: [...umbrella, 'interstate', 'graph'] },
  cli: { imports: [...umbrella, 'interstate', 'testing', 'graph'] },
  tooling: { imports: '*' },
};
