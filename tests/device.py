"""A phone, a laptop, a projector: something with cookies that opens pages, and looks at each of them closely."""

import json
import re
from html import escape, unescape

import html5lib
from django.http import HttpResponse
from django.test import Client

XHTML = "{http://www.w3.org/1999/xhtml}"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
FIELDS = {"input", "select", "textarea"}


class Device:
    """One device. `here` may be another site's name, for what a page there would send in this person's name."""

    def __init__(self, **cookies: str):
        self.client = Client(headers=FROM_HERE, raise_request_exception=False)
        for name, value in cookies.items():
            self.client.cookies[name.replace("_", "-")] = value

    def keep(self, name: str, value: str) -> "Device":
        """Hold one more cookie."""
        self.client.cookies[name] = value
        return self

    def cookie(self, name: str) -> str:
        return self.client.cookies[name].value if name in self.client.cookies else ""

    @property
    def cookies(self) -> dict[str, str]:
        """As a request carries them."""
        return {name: it.value for name, it in self.client.cookies.items() if it.value}

    def get(self, address: str, **headers: str) -> HttpResponse:
        """Open an address; whatever page it is, it is well made."""
        response = self.client.get(address, headers=headers)
        if response.status_code != 304 and response.get("Content-Type", "").startswith("text/html"):
            assert response["Content-Security-Policy"], address
            if "part=" not in address and response.content:
                assert faults_of(text_of(response)) == [], address
        return response

    def follow(self, address: str) -> HttpResponse:
        """Open an address and go where it leads."""
        for _hop in range(5):
            response = self.get(address)
            if response.status_code not in (302, 303):
                response.address = address
                return response
            address = response["Location"]
        raise AssertionError(f"{address} leads in circles")

    def post(self, address: str, fields: dict | None = None, **headers: str) -> HttpResponse:
        """Send a form."""
        response = self.client.post(address, fields or {}, headers=headers)
        if response.get("Content-Type", "").startswith("text/html") and response.status_code != 403:
            assert not response.content or faults_of(text_of(response)) == [], address
        return response

    def send(self, address: str, body: object) -> HttpResponse:
        """Send JSON as the queue of a phone does."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(address, sent, content_type="application/json")


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def says(response: HttpResponse, sentence: str) -> bool:
    """Whether a page holds a sentence, as HTML writes it."""
    return str(escape(str(sentence), quote=True)) in text_of(response) or str(sentence) in text_of(response)


def words_of(response: HttpResponse) -> str:
    """What a page says, without its markup and without any space: some of what is told lies between words."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", text_of(response))).split())


def faults_of(html: str) -> list[str]:
    """Everything that is wrong with a page's HTML; an empty list is a good page."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    page = parser.parse(html)
    faults = [f"{name} at {place}" for place, name, _more in parser.errors]
    elements = [it for it in page.iter() if isinstance(it.tag, str)]
    parents = {child: parent for parent in elements for child in parent}

    def ancestors(element):
        while element in parents:
            element = parents[element]
            yield element

    def is_hidden(element) -> bool:
        return any("hidden" in it.attrib for it in (element, *ancestors(element)))

    headings = [it for it in elements if it.tag == f"{XHTML}h1" and not is_hidden(it)]
    if len(headings) != 1:
        faults.append(f"{len(headings)} headings of the first order")
    ids = [it.attrib["id"] for it in elements if "id" in it.attrib]
    faults += [f"the id {it} is there twice" for it in sorted({it for it in ids if ids.count(it) > 1})]
    pointed = {it.attrib["for"] for it in elements if it.tag == f"{XHTML}label" and "for" in it.attrib}
    for it in elements:
        name = it.tag.removeprefix(XHTML)
        faults += [f"{name} has {attribute}" for attribute in it.attrib if is_inline(attribute)]
        if name == "script" and "src" not in it.attrib:
            faults.append("a script in the page")
        if name == "style":
            faults.append("styles in the page")
        if name == "a" and it.attrib.get("href", "").startswith("#") and it.attrib["href"][1:] not in ids:
            faults.append(f"{it.attrib['href']} leads nowhere")
        for attribute in ("aria-labelledby", "aria-describedby"):
            faults += [
                f"{name} points at {one}" for one in it.attrib.get(attribute, "").split() if one not in ids
            ]
        if name in FIELDS and it.attrib.get("type") != "hidden":
            is_named = (
                "aria-label" in it.attrib
                or it.attrib.get("id") in pointed
                or any(above.tag == f"{XHTML}label" for above in ancestors(it))
            )
            if not is_named:
                faults.append(f"the field {it.attrib.get('name')} has no label")
    return faults


def is_inline(attribute: object) -> bool:
    return isinstance(attribute, str) and (attribute == "style" or attribute.startswith("on"))


def links_of(html: str) -> list[str]:
    """The addresses of this house that a page leads to."""
    page = html5lib.parse(html)
    hrefs = [it.attrib.get("href", "") for it in page.iter() if it.tag in (f"{XHTML}a", f"{XHTML}link")]
    return sorted({it for it in hrefs if it.startswith("/") and not it.startswith("/static/")})


def regions_of(html: str) -> dict[str, str]:
    """Each live region of a page, written in the one normal way."""
    found = {}
    for it in html5lib.parse(html).iter(f"{XHTML}live-region"):
        inner = html5lib.serialize(it, omit_optional_tags=False, alphabetical_attributes=True)
        inner = re.sub(r"^<live-region[^>]*>(.*)</live-region>$", r"\1", inner, flags=re.DOTALL)
        found[it.attrib["data-region"]] = squeezed(inner)
    return found


REGION = re.compile(r'<live-region[^>]* data-region="([^"]+)"[^>]*>(.*?)</live-region>', re.DOTALL)


def raw_regions_of(html: str) -> dict[str, str]:
    """Each live region of a page as it was sent; regions lie beside each other, never in each other."""
    return dict(REGION.findall(html))


def normal(html: str) -> str:
    """A piece of HTML, written in the one normal way."""
    return regions_of(f'<live-region data-region="it">{html}</live-region>')["it"]


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()
