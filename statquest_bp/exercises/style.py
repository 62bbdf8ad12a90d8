"""How an exercise and a quiz look, in the colours of JupyterLab's theme."""

__all__ = ["QUIZ_STYLE", "STYLE"]

STYLE = """<style>
.sq-exercise {padding: 6px 4px 8px 16px; border-left: 4px solid var(--jp-brand-color1, #888)}
.sq-exercise p {margin: 0 0 6px; line-height: 1.5; max-width: 75ch}
.sq-exercise .sq-kind {font-weight: 600; color: var(--jp-ui-font-color1, inherit)}
.sq-exercise .sq-before {margin-left: 1em; font-weight: 400}
.sq-exercise .sq-question p {font-size: 115%}
.sq-exercise .widget-label {min-width: 2.5em; width: auto; font-weight: 600}
.sq-exercise .widget-radio-box {margin-bottom: 6px !important}
.sq-exercise .widget-radio-box label {
  position: relative; height: auto; line-height: 1.45; padding: 4px 0 4px 26px; white-space: normal; font-size: 108%;
  max-width: 75ch}
.sq-exercise .widget-radio-box input {position: absolute; left: 2px; top: 4px; margin: 0; height: 1.45em; width: 14px}
.sq-exercise .sq-said {padding: 6px 12px 2px; margin-top: 6px; background: var(--jp-layout-color2, transparent);
  border-left: 4px solid var(--jp-border-color1, #888); font-size: 108%; font-variant-numeric: tabular-nums}
.sq-exercise .sq-said p {color: var(--jp-ui-font-color0, inherit)}
.sq-exercise .sq-right {border-left-color: var(--jp-success-color1, #388e3c)}
.sq-exercise .sq-slip, .sq-exercise .sq-error {border-left-color: var(--jp-warn-color1, #f57c00)}
.sq-exercise .sq-hint {border-left-color: var(--jp-brand-color1, #1976d2)}
.sq-exercise .sq-mark {font-weight: 700; margin-right: 0.5em}
.sq-exercise :focus-visible, .sq-exercise .jupyter-button:focus-visible:enabled, .sq-exercise .noUi-handle:focus {
  outline: 3px solid var(--jp-ui-font-color0, #000); outline-offset: 2px}
</style>"""

# A circle's own words are for those who listen; to be seen are its mark and its number, which nobody need hear as well
# (the second `content` says so, where a browser knows how).
QUIZ_STYLE = """<style>
.sq-quiz {padding: 4px; border-top: 2px solid var(--jp-border-color1, #888)}
.sq-quiz p {margin: 4px 0; line-height: 1.5; max-width: 75ch}
.sq-quiz .sq-heard {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
.sq-quiz .jupyter-button:focus-visible:enabled {outline: 3px solid var(--jp-ui-font-color0, #000); outline-offset: 2px}
.sq-quiz .sq-map {counter-reset: question; flex-flow: row wrap}
.sq-quiz .sq-map button {counter-increment: question; width: 30px; height: auto; padding: 2px 0; font-size: 0;
  line-height: 1.2; text-align: center; background: none; color: var(--jp-ui-font-color1, inherit)}
.sq-quiz .sq-map button::before {display: block; font-size: 16px}
.sq-quiz .sq-map button::after {display: block; font-size: 11px; content: counter(question);
  content: counter(question) / ""}
.sq-quiz .sq-map .sq-here {font-weight: 700; box-shadow: inset 0 -3px var(--jp-brand-color1, #1976d2)}
</style>"""
