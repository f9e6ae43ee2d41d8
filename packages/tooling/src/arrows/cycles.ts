/** Groups of files that import one another in a circle, each in a stable order (Tarjan's strongly connected components). */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];

  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    onStack.add(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (onStack.has(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const group: string[] = [];
    for (let member = ''; member !== file; ) {
      member = stack.pop()!;
      onStack.delete(member);
      group.push(member);
    }
    if (group.length > 1 || graph.get(file)?.has(file) === true) cycles.push(group.sort());
  };

  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
