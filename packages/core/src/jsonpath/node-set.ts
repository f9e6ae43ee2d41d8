import type { ValueNode } from './value-node.ts';
import { JsonNode, areNodesEqual, isNumberNode, nodeText, numberKey, textKey } from './value-node.ts';

// Below this a plain search is quicker than a set.
const INDEX_FROM = 16;

/** The items of a list, to be searched for nodes equal to them: `node == item`, with the node on the left. */
export class NodeSet {
  private keys: Set<unknown> | undefined;

  constructor(readonly items: readonly ValueNode[]) {}

  has(node: ValueNode): boolean {
    if (this.items.length < INDEX_FROM) return this.items.some((item) => areNodesEqual(node, item));
    this.keys ??= new Set(this.items.flatMap(itemKeys));
    return this.keys.has(nodeKey(node));
  }
}

/** The keys of all nodes that equal an item: a number and the string that spells it, a string and the number it spells. */
function itemKeys(item: ValueNode): unknown[] {
  if (typeof item === 'string') return [textKey(item), numberKey(item) ?? textKey(item)];
  if (isNumberNode(item)) return [textKey(nodeText(item)), numberKey(item)];
  return [nodeKey(item)];
}

function nodeKey(node: ValueNode): unknown {
  if (typeof node === 'string') return textKey(node);
  if (isNumberNode(node)) return numberKey(node);
  if (node instanceof JsonNode) return node.text === undefined ? node : `j${node.text}`;
  // What found nothing equals nothing.
  return node === undefined ? NodeSet : node;
}
