"""Where a point falls on a chart: numbers in, Vega-Lite out, and the same in a table beside it.

Nothing here asks what may be told: a chart is made of what its page shows. Altair describes, vl-convert draws; both
are loaded when the first chart is drawn, since they take a hundred megabytes.
"""
