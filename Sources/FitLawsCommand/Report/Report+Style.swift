extension Report {
  /// The style of the page: a column of text on a screen, A4 in print, dark where a screen is.
  ///
  /// Figures keep white paper in the dark, because gnuplot's colours are chosen for it.
  static let style = """
    :root { --ink: #1a1a1a; --paper: #fff; --soft: #555; --rule: #ccc; --tint: #f4f4f2;
      --mark: #b34700; --link: #0b5394; color-scheme: light dark; }
    @media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e6e3; --paper: #171717;
      --soft: #a8a8a4; --rule: #444; --tint: #222; --mark: #f0954a; --link: #8ab8ec; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 56rem; color: var(--ink);
      background: var(--paper); font: 16px/1.5 system-ui, "Helvetica Neue", Helvetica, Arial,
      sans-serif; }
    h1, h2, h3 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
    h1 { font-size: 1.8rem; margin: .5rem 0 1rem; }
    h2 { font-size: 1.3rem; margin: 2.25rem 0 .6rem; padding-bottom: .2rem;
      border-bottom: 1px solid var(--rule); }
    h3 { font-size: 1.08rem; margin: 1.6rem 0 .5rem; }
    p, ul { margin: .6rem 0; max-width: 46rem; overflow-wrap: anywhere; }
    ul { padding-left: 1.3rem; } li { margin: .25rem 0; }
    a { color: var(--link); }
    nav ol { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: .1rem 1rem;
      grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
    nav li { margin: 0; }
    code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    code { font-size: .88em; background: var(--tint); padding: .08em .25em; border-radius: 3px; }
    pre { background: var(--tint); padding: .7rem .9rem; overflow-x: auto; border-radius: 4px; }
    pre code { padding: 0; background: none; }
    .wide { overflow-x: auto; margin: 1rem 0 1.2rem; }
    table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums;
      border-bottom: 1.5px solid var(--ink); }
    caption, figcaption { text-align: left; color: var(--soft); font-size: .9rem;
      padding: .2rem 0 .4rem; max-width: min(46rem, calc(100vw - 2.5rem)); }
    caption b, figcaption b { color: var(--ink); }
    th, td { text-align: left; vertical-align: top; padding: .28rem 1.1rem .28rem 0;
      font-weight: normal; overflow-wrap: break-word; }
    thead th { font-weight: 600; border-top: 1.5px solid var(--ink);
      border-bottom: 1px solid var(--ink); vertical-align: bottom; }
    tbody tr + tr > * { border-top: 1px solid var(--rule); }
    .number { text-align: right; white-space: nowrap; }
    figure { margin: 1.2rem 0; }
    figure svg { display: block; width: 100%; height: auto; max-height: 46rem; background: #fff; }
    .warning { border-left: 4px solid var(--mark); padding: .4rem .8rem; background: var(--tint); }
    .missing { color: var(--soft); font-style: italic; }
    @page { size: A4; margin: 18mm 16mm; }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
      h1 { font-size: 17pt; } h2 { font-size: 13pt; margin-top: 1.4rem; } h3 { font-size: 11pt; }
      nav, .wide { overflow: visible; } nav { display: none; }
      table { font-size: 8.5pt; width: 100%; } th, td { padding-right: .6rem; }
      caption, figcaption { font-size: 8.5pt; }
      a { color: inherit; text-decoration: none; }
      pre { white-space: pre-wrap; }
      h1, h2, h3, caption, p:has(+ ul) { break-after: avoid; }
      tr, .wide, figure, pre, .warning, li { break-inside: avoid; }
      .long { break-inside: auto; }
      thead { display: table-header-group; }
      figure { margin: .8rem 0; } figure svg { max-height: 115mm; }
    }
    """
}
