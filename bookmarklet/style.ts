/**
 * The look of the picker. `!important` inside a shadow root wins over the page's own `* { all: unset !important }`;
 * sizes start from the person's own default, not from the page's.
 */
export const STYLE = `
:host{all:initial!important;display:contents!important;direction:ltr!important;
--paper:#fff;--ink:#1c1b1f;--soft:#5b5966;--line:#d5d3dc;--box:#f0eff4;--accent:#2b4acb}
@media(prefers-color-scheme:dark){:host{--paper:#1d1c21;--ink:#f2f1f5;--soft:#b3b0bf;--line:#45434e;--box:#2a2930;--accent:#a9b8ff}}
*{box-sizing:border-box;margin:0;padding:0}
dialog{color-scheme:light dark;position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;border:0;background:none;
font:medium/1.4 system-ui,sans-serif;color:var(--ink);overflow:hidden;padding:min(2vmin,1em)}
dialog::backdrop{background:rgba(20,18,26,.6)}
section{display:flex;flex-direction:column;height:100%;max-width:76em;margin:auto;background:var(--paper);
border:1px solid var(--line);border-radius:.75em;overflow:hidden}
header{display:flex;gap:1em;align-items:flex-start;padding:.75em 1em;border-bottom:1px solid var(--line)}
header div{flex:1;min-width:0}
h1{font-size:1.125em}
p{color:var(--soft);font-size:.9em}
button{font:inherit;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:.5em;padding:.4em .9em;
min-height:2.75em;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
ul{flex:1;overflow:auto;overscroll-behavior:contain;list-style:none;padding:.8em;display:grid;gap:.5em;
grid-template-columns:repeat(auto-fill,minmax(min(100%,10.5em),1fr));align-content:start}
li{display:flex;position:relative;padding:5px;content-visibility:auto;contain-intrinsic-size:auto 10em auto 13em}
[hidden]{display:none!important}
li label{position:absolute;top:5px;left:5px;padding:.6em;cursor:pointer;line-height:0}
input{width:1.5em;height:1.5em;accent-color:var(--accent);cursor:pointer}
li.on a{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
footer{display:flex;flex-wrap:wrap;gap:.5em;align-items:center;padding:.6em 1em;border-top:1px solid var(--line)}
footer label{display:flex;gap:.5em;align-items:center;min-height:2.75em;cursor:pointer}
footer small{flex:1;padding:0;text-align:right;font-size:.75em;min-width:8em}
footer.empty>:not(small){display:none}
select{font:inherit;font-size:.9em;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:.5em;
padding:.4em;min-height:2.9em;max-width:11em}
.save{width:auto;flex-direction:row;align-items:center;justify-content:center;min-height:2.75em;min-width:6em;padding:.4em 1.2em;
border-radius:.5em;background:var(--accent);border-color:var(--accent);color:var(--paper);font-weight:600}
.save:not([href]){background:var(--box);border-color:var(--line);color:var(--soft);cursor:default}
.wish{margin-top:.25em;color:var(--ink)}
.pointing section{visibility:hidden}
.pointing::backdrop{background:none}
.layer{position:fixed;inset:0;cursor:crosshair;outline:0}
.outline{position:fixed;border:4px solid var(--accent);outline:2px solid var(--paper);border-radius:.25em;pointer-events:none}
output{position:fixed;inset:.75em .75em auto;width:fit-content;margin:0 auto;padding:.6em 1em;background:var(--paper);
border:1px solid var(--line);border-radius:.5em;pointer-events:none;overflow-wrap:anywhere}
a{display:flex;flex-direction:column;width:100%;min-width:0;color:inherit;text-decoration:none;border:1px solid var(--line);
border-radius:.5em;overflow:hidden;cursor:pointer}
a:hover{border-color:var(--accent)}
i{display:flex;align-items:center;justify-content:center;height:9em;background:var(--box);font-style:normal;
color:var(--soft);overflow:hidden}
i span{font-size:.75em;padding:1em;overflow-wrap:anywhere;max-height:100%}
canvas{width:100%;height:100%;object-fit:contain;display:block}
b{font-weight:500;padding:.4em .6em 0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
small{padding:0 .7em .6em;font-size:.85em;color:var(--soft)}
.none{flex:1;margin:auto;padding:2em;text-align:center;max-width:32em;font-size:1em}
@media(max-width:32em){h1{font-size:1em}ul{grid-template-columns:repeat(2,minmax(0,1fr));padding:.4em;gap:.2em}i{height:7em}
select{flex:1 1 6em;min-width:0}footer{gap:.4em;padding:.5em .7em}footer small{text-align:left}}
@media(max-height:26em){section{overflow:auto}ul{flex:none;overflow:visible}header{padding:.3em 1em}}
@media(forced-colors:active){a:hover{border-color:Highlight}}
`;
