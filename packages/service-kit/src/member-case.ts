/** `executionArn` → `ExecutionArn`: the casing Step Functions shows, whatever the service uses on the wire. */
export function pascalName(name: string): string {
  const first = name.charCodeAt(0);
  return first >= 97 && first <= 122 ? String.fromCharCode(first - 32) + name.slice(1) : name;
}

/** `ExecutionArn` → `executionArn`. */
export function camelName(name: string): string {
  const first = name.charCodeAt(0);
  return first >= 65 && first <= 90 ? String.fromCharCode(first + 32) + name.slice(1) : name;
}
