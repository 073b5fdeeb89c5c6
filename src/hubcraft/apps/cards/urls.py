"""Addresses of strategy cards: a hub's own, and those everybody reads them at."""

from django.urls import path

from hubcraft.apps.cards.pages import keeping, playbook, reading

BOOK = "n/<str:network_id>/teams/<str:hub_id>/playbook/"
CARD = f"{BOOK}<str:card_id>/"

urlpatterns = [
    path(BOOK, playbook.playbook, name="hub-playbook"),
    path(f"{BOOK}write/", playbook.write, name="hub-card-write"),
    path(f"{BOOK}tries/", reading.tried, name="hub-tries"),
    path(f"{BOOK}tries/<str:try_id>/", reading.tell, name="hub-try"),
    path(f"{BOOK}taken-away/", keeping.taken, name="hub-cards-taken"),
    path(f"{BOOK}taken-away/<str:kept>/<str:kept_id>/", keeping.take_away, name="hub-card-take-away"),
    path(f"{BOOK}taken-away/<str:kept>/<str:kept_id>/back/", keeping.put_back, name="hub-card-put-back"),
    path("playbook/<str:card_id>/", reading.card, name="card"),
    path("playbook/<str:card_id>/versions/", reading.versions, name="card-versions"),
    path("playbook/<str:card_id>/try/", reading.try_it, name="card-try"),
    # Below whatever else begins with `playbook/`: a card's key is none of those words.
    path(CARD, playbook.card, name="hub-card"),
    path(f"{CARD}change/", playbook.change, name="hub-card-change"),
    path(f"{CARD}versions/", playbook.versions, name="hub-card-versions"),
    path(f"{CARD}reach/", keeping.reach, name="hub-card-reach"),
    path(f"{CARD}review/", keeping.review, name="hub-card-review"),
    path(f"{CARD}retire/", keeping.retire, name="hub-card-retire"),
    path(f"{CARD}contact/", keeping.contact, name="hub-card-contact"),
]
