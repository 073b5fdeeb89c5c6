"""Is the server up, and can it write?"""

from django.db import DatabaseError, connection
from django.http import HttpResponse

from hubcraft.web.page import page


@page(policy=None)
def live(request):
    """The process answers."""
    return HttpResponse("live", content_type="text/plain")


@page(policy=None)
def ready(request):
    """The database can be reached; `serve` migrates before it lets anybody in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("not ready", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
