const LIGHT = '--paper:#fff;--ink:#1f2733;--soft:#5b6675;--line:#dfe3e9;--covered:#dff3e4;--partly:#fdf0cd;--missed:#fbdcdc';
const DARK = '--paper:#12161d;--ink:#e8edf4;--soft:#a6b1c0;--line:#2a323e;--covered:#173323;--partly:#3a3013;--missed:#431d20';

/** One style sheet for light and dark. */
export const HTML_STYLE = [
  `:root{color-scheme:light dark;${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}`,
  'body{background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}',
  'h1{font-size:1.3rem}h2{font-size:1.05rem}a{color:inherit}small,thead th{color:var(--soft);font-weight:normal}',
  'table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border-bottom:1px solid var(--line);padding:.35rem .7rem;text-align:left;white-space:nowrap}meter{width:4rem}',
  'figure{border:1px solid var(--line);border-radius:8px;margin:1.5rem 0;overflow:auto;text-align:center}',
  'pre{border:1px solid var(--line);border-radius:8px;font:13px/1.5 ui-monospace,monospace;overflow-x:auto;padding:.5rem 0}.line{display:block;min-width:max-content}',
  '.line b,.line i{color:var(--soft);display:inline-block;font-style:normal;font-weight:normal;padding-right:1ch;text-align:right;user-select:none;width:5ch}.line:target{outline:2px solid var(--ink)}',
  '.covered{background:var(--covered)}.partly{background:var(--partly)}.missed{background:var(--missed)}',
].join('');
