"""Which section of the handbook explains which page: where the "Help" on top of it leads."""

from django.http import HttpRequest

FRONT = "/help/"
# Pages by the module they stand in: what explains most of them.
FAMILIES = {
    "rooms.door": "start#the-first-ten-minutes",
    "web.help": "",
    "frameworks.library": "framework#read-a-domain",
    "facilitation.start": "prepare#start-a-room",
    "facilitation.paper": "paper#on-paper",
    "facilitation.typing_in": "paper#type-in-what-came-back",
    "facilitation.lead": "lead#your-page",
    "facilitation.leading": "lead#your-page",
    "facilitation.leaders": "together#a-second-facilitator-and-handing-over",
    "facilitation.plan": "plan#the-plan-of-a-session",
    "facilitation.days": "over-days#over-days",
    "facilitation.hearing": "lead#share",
    "facilitation.harvest": "after#the-harvest",
    "facilitation.wording": "framework#better-words",
    "facilitation.projector": "lead#the-screen",
    "facilitation.steps": "taking-part#the-steps",
    "facilitation.kinds.choice": "taking-part#the-steps",
    "facilitation.kinds.strategies": "taking-part#a-strategy",
    "facilitation.kinds.hear": "taking-part#a-strategy",
    "facilitation.kinds.plan": "taking-part#a-next-step",
    "facilitation.kinds.feedback": "taking-part#feedback",
    "facilitation.kinds.turn_and_talk": "taking-part#the-steps",
    "facilitation.keeping": "after#your-teams-page",
    "reflections.joining": "taking-part#get-in",
    "reflections.way": "taking-part#the-steps",
    "reflections.rating": "taking-part#place-your-initials",
    "reflections.team": "taking-part#open-your-board",
    "reflections.board": "taking-part#read-your-board",
    "reflections.seat": "taking-part#your-seat",
    "reflections.typing_in": "paper#type-in-what-came-back",
    "reflections.reminding": "over-days#reminders",
    "insights.claims": "hub#keeping-a-board",
    "insights.hubs": "hub#the-hubs-page",
    "insights.look_fors": "framework#look-for-by-look-for",
    "insights.own_framework": "own-framework#your-own-framework",
    "insights.search": "framework#find-words",
    "insights.sharing": "hub#sharing",
    "insights.raising": "hub#asking-the-network",
    "insights.merging": "hub#two-hubs-become-one",
    "insights.above": "networks#what-a-network-sees",
    "insights.moving": "networks#who-looks-after-it",
    "records.trail": "hub#what-was-done",
    "records.erasure": "accounts#your-copy-and-leaving-for-good",
    "records.copies": "accounts#your-copy-and-leaving-for-good",
    "networks.places": "accounts#where-you-belong",
    "networks.tokens": "accounts#your-account",
    "people.tokens": "accounts#your-account",
    "people.sign_in": "accounts#sign-in",
    "people.account": "accounts#your-account",
    "people.second_step": "accounts#a-second-step",
    "lifecycle.stages": "life-cycle#the-life-cycle",
    "lifecycle.charters": "life-cycle#the-charter",
    "lifecycle.routines": "life-cycle#meeting-routines",
    "lifecycle.rosters": "life-cycle#the-roster",
    "lifecycle.problems": "life-cycle#problems-as-they-come",
    "cards.playbook": "playbook#a-strategy-card",
    "cards.keeping": "playbook#who-reads-a-card",
    "cards.reading": "playbook#try-a-strategy",
    "lifecycle.taken": "life-cycle#taking-something-away",
    "letters.choosing": "letters#a-letter-when-something-waits",
    "letters.calendars": "letters#in-your-own-calendar",
    "roles.administration": "networks#who-looks-after-it",
    "roles.administrators": "networks#who-looks-after-it",
    "roles.roles": "networks#who-looks-after-it",
    "roles.invitations": "hub#who-gets-in",
    "roles.handing_over": "hub#handing-a-hub-over",
}
# Single pages that another section explains better.
ADDRESSES = {
    "calendar-link": "letters#in-your-own-calendar",
    "enter-code": "taking-part#get-in",
    "follow-link": "taking-part#get-in",
    "paper": "paper#on-paper",
    "lead-team": "lead#put-things-right",
    "late": "taking-part#if-you-come-late",
    "lobby": "taking-part#get-in",
    "pass": "taking-part#one-device-for-several-people",
    "initiative": "networks#what-an-initiative-sees",
    "initiative-hub": "networks#what-an-initiative-sees",
    "account_confirm_login_code": "accounts#sign-in",
    "invitation": "accounts#an-invitation",
    "welcome": "accounts#an-invitation",
    "initiative-invitations": "networks#inviting-people",
    "network-invitations": "networks#inviting-people",
}


def family_of(module: str) -> str:
    """`hubcraft.apps.rooms.pages.door` as the table names it: `rooms.door`."""
    return module.removeprefix("hubcraft.").removeprefix("apps.").replace(".pages", "")


def place_for(request: HttpRequest | None) -> str:
    """The address of the section that explains the page of this request; without one, the front of Help."""
    found = getattr(request, "resolver_match", None)
    if found is None:
        return FRONT
    section = ADDRESSES.get(found.url_name or "") or FAMILIES.get(family_of(found.func.__module__), "")
    name, hash_, anchor = section.partition("#")
    return f"{FRONT}{name}/{hash_}{anchor}" if name else FRONT
