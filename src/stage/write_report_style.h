/*
 * write_report_style.h: how the report looks.
 * Used by write_report.c.
 */
#ifndef NEWSFOLD_STAGE_WRITE_REPORT_STYLE_H
#define NEWSFOLD_STAGE_WRITE_REPORT_STYLE_H

static const char nf_report_style[] =
    ":root{color-scheme:light dark;--page:#fbfaf8;--card:#fff;--ink:#1d1c1a;--soft:#6a665f;--line:#e3dfd8;"
    "--rep:#1f5f8b;--repbg:#eaf2f8;--clu:#9a5b13;--clubg:#fbf1e4;--keep:#3d7a4a;--mark:#ffe28a}"
    "@media(prefers-color-scheme:dark){:root{--page:#171716;--card:#1f1f1d;--ink:#e8e5df;--soft:#a19c93;"
    "--line:#37352f;--rep:#8cc1e6;--repbg:#1b2a35;--clu:#e0ac6b;--clubg:#31271a;--keep:#86c893;--mark:#6b5510}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,sans-serif}"
    "main{max-width:76rem;margin:0 auto;padding:2rem 1.25rem 5rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem}"
    "h2{font-size:1.15rem;margin:0;overflow-wrap:anywhere}"
    "a{color:var(--rep)}"
    ".lead{font-size:1.15rem;max-width:46rem;margin:0 0 1.2rem}"
    ".bar{display:flex;height:1.1rem;border-radius:.55rem;overflow:hidden;background:var(--line);margin:1rem 0 .5rem}"
    ".bar i{display:block;min-width:2px}"
    ".bar .k,.dot.k{background:var(--keep)}.bar .r,.dot.r{background:var(--rep)}.bar .c,.dot.c{background:var(--clu)}"
    ".dot{display:inline-block;width:.75em;height:.75em;border-radius:50%;margin-right:.4em}"
    ".legend{display:flex;flex-wrap:wrap;gap:.3rem 2rem;margin:0 0 1.5rem;padding:0;list-style:none}"
    "details.box{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem 1rem;margin:.8rem 0}"
    "summary{cursor:pointer;font-weight:600}"
    "table{border-collapse:collapse;width:100%;margin-top:.6rem}"
    "td,th{text-align:left;padding:.25rem .8rem .25rem 0;border-top:1px solid var(--line);vertical-align:top}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;width:1%;white-space:nowrap}"
    "td a{overflow-wrap:anywhere}"
    "section{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:1.6rem 0;overflow:hidden}"
    "section>header{padding:.9rem 1.2rem;border-bottom:1px solid var(--line)}"
    "section>header p{margin:.1rem 0 0;color:var(--soft);font-size:.9rem}"
    ".row{display:grid;grid-template-columns:3rem minmax(0,3fr) minmax(0,2fr);gap:0 1rem;padding:.35rem 1.2rem .35rem 0;"
    "border-left:.3rem solid transparent}"
    ".row:target{outline:.2rem solid var(--keep);outline-offset:-.2rem}"
    ".no{color:var(--soft);font-size:.78rem;text-align:right;padding-top:.2rem;font-variant-numeric:tabular-nums}"
    ".t{margin:0;overflow-wrap:anywhere;unicode-bidi:isolate}"
    ".why{font-size:.86rem;color:var(--soft);padding-top:.1rem}.why b{font-weight:600}"
    ".why q{display:block;quotes:none;margin-top:.2rem;color:var(--ink);overflow-wrap:anywhere;unicode-bidi:isolate}"
    ".r{border-left-color:var(--rep);background:var(--repbg)}.r>.why b{color:var(--rep)}"
    ".c{border-left-color:var(--clu);background:var(--clubg)}.c>.why b{color:var(--clu)}"
    ".r>.t,.c>.t{color:var(--soft);text-decoration:line-through;text-decoration-thickness:1px}"
    ".m>.why b{color:var(--keep)}"
    "mark{background:var(--mark);color:inherit}"
    "footer{color:var(--soft);font-size:.9rem;margin-top:2rem}"
    "@media(max-width:46rem){.row{grid-template-columns:2.4rem minmax(0,1fr)}.why{grid-column:2}}"
    "@media print{body{background:#fff}section{break-inside:auto}.row{break-inside:avoid}}";

#endif
