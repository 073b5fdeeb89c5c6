"""What people could type to break what others read: markup, formulas, turned directions, heads of mails, length."""

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)><b>&amp;&lt;</b>",
    "attribute": "\" onmouseover=alert(1) x='\"'",
    "template": "{{ 7|add:7 }}{% now 'Y' %}#set text(red)[*bold*]",
    "formula": '=HYPERLINK("http://evil.example/","Open")',
    "formula behind a gap": "\t=1+1;@SUM(A1)\n+2\n-3",
    "turned": "\u202egnp.exe\u2067\u200f",
    "steering": "A\x07\x1b[31mB\x08\x7fC\u0085D\u2028E",
    "head of a mail": "Ada\r\nBcc: eve@example.org\r\n\r\nhttps://evil.example/",
    "address": "https://evil.example/",
    "paragraphs": "One\n\n    123456\n\nTitle\n-----\n- point\n  https://evil.example/",
    "calendar": "x\r\nEND:VEVENT\r\nBEGIN:VALARM\\n;,:",
    "long": "long " * 2000,
    "one word": "w" * 10_000,
    "family": "👩‍👩‍👧‍👦 e\u0301 مرحبا שלום ½ ﷽",
}
