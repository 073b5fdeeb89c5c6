"""Pages of somebody who is signed in: the view is given who they are, with the roles they hold."""

import functools

from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.pages.account import signed_in


def members(*, policy, methods=("GET",)):
    """Whoever is not signed in is asked to; the page's own door decides over everybody else."""

    def declare(view):
        @signed_in(policy=policy, methods=methods)
        @functools.wraps(view)
        def seen(request, *args, **kwargs):
            return view(request, viewer_of(request.user), *args, **kwargs)

        return seen

    return declare
