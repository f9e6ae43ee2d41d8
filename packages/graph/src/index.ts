// A definition, read for drawing.
export { readGraph, type GraphEdge, type GraphNode, type GraphScope } from './graph.ts';

// Pictures of it.
export { renderSvg, type SvgOptions } from './svg.ts';
export { renderMermaid } from './mermaid.ts';
export { renderDot } from './dot.ts';

// What is drawn over one.
export { transitionKey, type Overlay, type StateMark } from './overlay.ts';
