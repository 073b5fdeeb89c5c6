"""One module a kind of step that shows more than a question; each has `show_step(request, place, run, step)`."""
