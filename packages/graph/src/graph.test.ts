import { describe, expect, it } from 'vitest';
import { readGraph, renderDot, renderMermaid, renderSvg, transitionKey } from './index.ts';

const definition = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ And: [{ Variable: '$.total', NumericGreaterThan: 100 }, { Not: { Variable: '$.paid', BooleanEquals: true } }], Next: 'All' }, { Variable: '$.x', IsPresent: false, Next: 'All' }], Default: 'No' },
    All: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'arn:aws:lambda:us-east-1:1:function:a:$LATEST' }, End: true } } }, { StartAt: 'B', States: { B: { Type: 'Wait', Seconds: 5, End: true } } }], Catch: [{ ErrorEquals: ['Busy', 'States.ALL'], Next: 'No' }], Next: 'Ok' },
    No: { Type: 'Fail', Error: 'No <"&\'> way' },
    Ok: { Type: 'Succeed' },
  },
};

describe('a definition is read for drawing', () => {
  it('with its states, transitions and their conditions', () => {
    expect(readGraph(definition)).toMatchObject({
      startAt: 'Check',
      ends: ['No', 'Ok'],
      nodes: [{ name: 'Check' }, { name: 'All', scopes: [{ nodes: [{ name: 'A', detail: 'lambda:invoke a' }] }, { nodes: [{ name: 'B', detail: '5 s' }] }] }, { name: 'No', detail: 'No <"&\'> way' }, { name: 'Ok' }],
      edges: [
        { from: 'Check', to: 'All', kind: 'choice', label: '$.total > 100 and not $.paid or $.x is not present' },
        { from: 'Check', to: 'No', kind: 'default', label: 'otherwise' },
        { from: 'All', to: 'Ok', kind: 'next' },
        { from: 'All', to: 'No', kind: 'catch', label: 'Busy, any error' },
      ],
    });
  });

  it.each([undefined, null, 3, 'text', [], {}, { StartAt: 'A' }, { States: [] }, { States: {} }])('nothing is drawn of %j', (value) => {
    expect(() => readGraph(value)).toThrow('There is nothing to draw: a definition has StartAt and States.');
  });

  it('unfinished, as far as it goes', () => {
    const graph = readGraph({ StartAt: 'Nowhere', States: { A: { Type: 7, Next: 'B', Catch: 'x', Choices: [null, { Next: 'A' }] }, __proto__: null, constructor: { Type: 'Task', Resource: [], Next: 'A' } } });
    expect(graph.edges).toEqual([{ from: 'A', to: 'A', kind: 'choice', label: '' }, { from: 'constructor', to: 'A', kind: 'next', label: undefined }]);
    expect(renderSvg(graph)).toContain('constructor');
    expect(renderMermaid(graph)).toContain('constructor');
  });

  it('however deep it is', () => {
    let inner: object = { StartAt: 'S', States: { S: { Type: 'Pass', End: true } } };
    for (let depth = 0; depth < 200; depth++) inner = { StartAt: `M${depth}`, States: { [`M${depth}`]: { Type: 'Map', ItemProcessor: inner, End: true } } };
    const svg = renderSvg(readGraph(inner));
    expect(svg).toContain('M199');
    expect(svg).not.toContain('>S<');
  });
});

describe('a picture', () => {
  const graph = readGraph(definition);

  it('is an SVG in which texts are texts', () => {
    const svg = renderSvg(graph, { title: 'Order <1>\u0001' });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/);
    expect(svg).toContain('<title>Order &lt;1&gt;</title>');
    expect(svg).toContain('No &lt;&quot;&amp;&#39;&gt;');
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('undefined');
    expect(svg.match(/<g/g)!.length).toBe(svg.match(/<\/g>/g)!.length);
  });

  it('has its colours as they are, for what makes PNGs of it knows no variables', () => {
    const [light, dark, auto] = (['light', 'dark', 'auto'] as const).map((theme) => renderSvg(graph, { theme }));
    for (const svg of [light, dark, auto]) expect(svg).not.toMatch(/var\(|hsl\(|--\w/);
    expect(light).toContain('.paper{fill:#fff}');
    expect(dark).toContain('.paper{fill:#12161d}');
    expect(light).not.toContain('@media');
    expect(auto).toMatch(/\.paper\{fill:#fff\}.*@media \(prefers-color-scheme:dark\)\{\.paper\{fill:#12161d\}/);
    // Of a hue of 212 degrees with 60 % saturation, and 45 %: 97 % and 58 % light.
    expect(light).toContain('.state.task>.box{fill:#f3f7fc;stroke:#6491c4}');
  });

  it('shows an execution over it', () => {
    const svg = renderSvg(graph, { overlay: { states: new Map([['All', { status: 'caught', note: '2×' }]]), transitions: new Map([[transitionKey('All', 'No'), 1]]) } });
    expect(svg).toContain('class="state parallel caught"');
    expect(svg).toContain('class="state succeed faded"');
    expect(svg).toContain('class="edge catch taken"');
    expect(svg).toContain('2×</text>');
  });

  it('is Mermaid', () => {
    expect(renderMermaid(graph)).toMatchInlineSnapshot(`
      "flowchart TD
        s1{"Check"}
        subgraph s2["All (Parallel)"]
          subgraph s2b1[" "]
            s5["A"]
          end
          subgraph s2b2[" "]
            s6["B"]
          end
        end
        s3(["No"])
        s4(["Ok"])
        s1 -->|"$.total #62; 100 and not $.paid or $.x is not present"| s2
        s1 -->|"otherwise"| s3
        s2 --> s4
        s2 -.->|"Busy, any error"| s3
        start((" "))
        start --> s1
        done(((" ")))
        s3 --> done
        s4 --> done
      "
    `);
  });

  it('is DOT', () => {
    const dot = renderDot(graph);
    expect(dot).toContain('s1 -> s5 [label="$.total > 100 and not $.paid or $.x is not present", lhead=cluster_s2];');
    expect(dot).toContain('s5 -> s3 [label="Busy, any error", style=dashed, color=red, ltail=cluster_s2];');
  });
});
