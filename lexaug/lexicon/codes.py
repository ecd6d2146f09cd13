"""Whether a language tag found in a file (`se`, `swh`, `apd-SD`) can mean a wanted ISO 639-3 code."""

from __future__ import annotations

from functools import cache

_TWO_LETTERS = """
aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bh:bih bi:bis
bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div
dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla
gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo
ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor
kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah
mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl
nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus
rw:kin sa:san sc:srd sd:snd se:sme sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot
su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah
ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul
"""
_WIDER = """
swa:swh swa:swc kur:kmr kur:ckb kur:sdh que:quy que:quz que:qub que:quc est:ekk lav:lvs nor:nob nor:nno aze:azj aze:azb
msa:zsm msa:ind msa:zlm sqi:als mlg:plt mon:khk ori:ory orm:gaz fas:pes fas:prs ara:arb aka:twi aka:fat zho:cmn
grn:gug aym:ayr ful:fuv kon:kng yid:ydd uzb:uzn pus:pbt nep:npi srd:src lat:lat tgl:fil iku:ike oji:ojb bih:bho
"""
_TO_THREE = dict(pair.split(":") for pair in _TWO_LETTERS.split())


@cache
def _narrower() -> dict[str, frozenset[str]]:
    pairs = [pair.split(":") for pair in _WIDER.split()]
    return {wide: frozenset(narrow for other, narrow in pairs if other == wide) for wide, _ in pairs}


@cache
def same_language(tag: str, code: str) -> bool:
    """Tell whether a tag (ISO 639-1 or -3, maybe with script or region behind it) can mean the ISO 639-3 code.

    A tag of a macrolanguage can mean each of its languages and the other way round (`sw` and `swc`, `kmr` and `ku`),
    but not one individual language another (`swh` is not `swc`).
    """
    primary = tag.lower().replace("_", "-").split("-")[0]
    three = _TO_THREE.get(primary, primary)
    return three == code or code in _narrower().get(three, ()) or three in _narrower().get(code, ())
