"""How the subjects of automatic replies begin, by language; compared in lower case, at the beginning alone.

A person's answer to such a subject begins with a reply's mark, and is therefore no automatic one.
"""

from __future__ import annotations

BEGINNINGS = (
    # English
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "automated response",
    "automated reply", "out of office", "out of the office", "away from the office", "on vacation", "vacation reply",
    "i am out of", "i'm out of", "ooo:", "absence:", "we have received your", "we received your", "your ticket",
    "ticket created", "ticket received", "request received", "case created", "thank you for contacting",
    # German
    "automatische antwort", "automatische rückantwort", "automatische rueckantwort", "autom. antwort",
    "abwesenheit", "abwesend", "abwesenheitsnotiz", "ich bin nicht im büro", "nicht im büro", "außer haus", "im urlaub",
    "eingangsbestätigung", "empfangsbestätigung", "ihre anfrage ist eingegangen", "wir haben ihre",
    # French
    "réponse automatique", "reponse automatique", "absence du bureau", "absent du bureau", "message d'absence",
    "je suis absent", "accusé de réception", "accuse de reception",
    # Spanish, Portuguese, Catalan
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "ausencia",
    "resposta automática", "resposta automatica", "fora do escritório", "ausente do escritório", "acuse de recibo",
    # Italian, Romanian
    "risposta automatica", "fuori sede", "fuori ufficio", "assente", "assenza", "răspuns automat",
    # Dutch, Danish, Norwegian, Swedish, Finnish, Icelandic
    "automatisch antwoord", "automatische beantwoording", "afwezig", "afwezigheid", "niet op kantoor",
    "autosvar", "automatisk svar", "automatisk svarmail", "fravær", "fraværende", "ikke på kontoret", "ikke til stede",
    "automatiskt svar", "frånvaro", "frånvarande", "inte på kontoret",
    "automaattinen vastaus", "poissa", "sjálfvirkt svar",
    # Polish, Czech, Slovak, Slovenian, Croatian, Hungarian, Estonian, Latvian, Lithuanian
    "automatyczna odpowiedź", "odpowiedź automatyczna", "poza biurem", "nieobecność", "nieobecny",
    "automatická odpověď", "automatická odpoveď", "mimo kancelář", "nepřítomnost", "samodejni odgovor",
    "automatski odgovor", "automatikus válasz", "házon kívül", "automaatvastus", "automātiska atbilde",
    "automatinis atsakymas",
    # Greek, Turkish, Russian, Ukrainian, Bulgarian
    "αυτόματη απάντηση", "εκτός γραφείου", "otomatik yanıt", "ofis dışında", "автоматический ответ", "автоответ",
    "нет на работе", "автоматична відповідь", "автоматичен отговор",
    # Japanese, Chinese, Korean
    "自動返信", "自動応答", "不在", "自动回复", "自動回覆", "자동 회신", "자동 응답", "부재중",
)  # fmt: skip
