//! The vocabulary of the placeholder rules: English, lower case.

use memchr::memchr;

/// Whether a word is in a list of words parted by blanks, whatever its case.
pub(super) fn contains(list: &str, word: &str) -> bool {
    let mut words = list.as_bytes().split(|byte| *byte == b' ');
    !word.is_empty() && words.any(|one| one.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a text says one of the words of a list.
pub(super) fn says(list: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| contains(list, word))
}

/// Gives a text in lower case in pieces of whole lines, each with where it begins, so that a long
/// document needs no second copy of itself.
pub(super) fn in_lower_case(text: &str, mut each: impl FnMut(usize, &str)) {
    const PIECE: usize = 1 << 15;
    let bytes = text.as_bytes();
    let (mut lower, mut start) = (String::new(), 0);
    while start < text.len() {
        let most = (start + PIECE).min(text.len());
        let end = memchr(b'\n', &bytes[most..]).map_or(text.len(), |length| most + length + 1);
        lower.clear();
        lower.push_str(&text[start..end]);
        lower.make_ascii_lowercase();
        each(start, &lower);
        start = end;
    }
}

/// Words before a marker that deny it.
pub(super) const NEGATIONS: &str = "\
    0 all any aren't avoid avoiding avoids cleared closed each eliminate eliminated every fewer \
    forbid forbids former formerly free instead isn't neither never no none nor not previously \
    remove removed removing replace replaced replaces replacing resolve resolved resolves was were \
    without zero";

/// Words before a marker that talk about it.
pub(super) const MENTIONING: &str = "\
    as called contain containing contains detect detects existing explicitly find flag flagged \
    flags grep leftover like mark marked marker markers marking marks meaning means null open or \
    pending remaining say saying says search tag tagged term token unresolved use word write \
    writes";

/// Words after a marker that make it the name of a thing rather than the thing itself.
pub(super) const THINGS: &str = "\
    allowed api apis app application cell cells comment comments component count crud data \
    detected entries entry exist exists field fields file files filter form found id ids if item \
    items label labels left line lines list lists management marker markers model page pattern \
    patterns placeholder placeholders present remain remained remaining remains resolved row rows \
    section sections service state status string strings stub stubs table tag tags task tasks text \
    ticket tickets token tokens tool value values";

/// Labels and column headers of a state: what stands there is one of its values.
pub(super) const STATES: &str = "\
    column kind label labels lane progress result stage state status tag tags type";

/// Words that announce an example or what a reader will see.
pub(super) const ANNOUNCING: &str = "\
    appear appears banner console dialog display displayed displays example examples follows \
    format like popup print printed prints sample show showing shown shows terminal tooltip window";

/// Words that announce an example where code follows them, and titles of sections that hold one.
pub(super) const ANNOUNCING_CODE: &str = "\
    convention format formats log logs output outputs prompt response returns schema structure \
    syntax template usage";

/// What a slot of one word asks for.
pub(super) const SLOT_NOUNS: &str = "\
    action actor amount article assignee author benefit branch capability category change code \
    command commit company component condition content context count criteria criterion date \
    decision default dependency description details diagram duration email endpoint environment \
    example explanation feature field file filename format framework goal id impact input item \
    language library link links list location message method metric milestone mitigation module \
    name names note notes number option outcome output owner package path percentage person \
    persona phase placeholder platform port priority problem product project purpose question \
    rationale reason reference requirement resource response result results reviewer risk role \
    scenario schema scope screenshot section service severity solution source stack status step \
    story subtitle summary system table target task team technology text threshold time timeline \
    timestamp title topic total type url user username value version what when who why yyyy-mm-dd";

/// Words that open a slot which describes its content.
pub(super) const SLOT_OPENERS: &str = "\
    add any brief briefly choose concise define describe description detail detailed document \
    domain-specific e.g enter explain extract fill full give high-level how identify insert key \
    link list measurable name number one one-line one-sentence optional: outline path pick provide \
    put replace select short specific specify state summarize summary the title what when where \
    which who why write your";

/// Words in brackets that mean what they say: states, asides, kinds.
pub(super) const BRACKET_WORDS: &str = "\
    abandoned accepted active all alpha approved beta blocked blocker breaking bug caution \
    citation closed complete completed confirmed critical danger debug default deferred deprecated \
    done draft edit edited empty error experimental external fail failed false fixed hidden high \
    ignored important info internal live low medium moved n/a na new nil no none not note null \
    obsolete off ok old on open optional partial pass passed paused pending planned private \
    progress public ready rejected removed required resolved security sic skip skipped stable \
    staged superseded tip todo true unreleased unverified updated valid verified warn warning wip \
    wontfix yanked yes";

/// Words that begin the answer of a heading which is a label with a value.
pub(super) const ANSWERS: &str = "\
    0 accepted approved blocked complete completed done fail failed fixed implemented met n/a no \
    none not nothing ok pass passed rejected resolved verified works yes zero";

/// What a document is divided by: `Contract updates: Iteration 1`.
pub(super) const PARTS: &str = "feature iteration milestone phase release sprint stage wave";

/// Words that begin an aside in brackets.
pub(super) const ASIDES: &str = "\
    also and as because but by cf emphasis fig figure from i.e ibid if in no none not of or our \
    per ref requires see so then this translation via was we";

/// What a slot that begins with a number asks for: `<1-2 sentences>`.
pub(super) const AMOUNTS: &str = "\
    bullet bullets item items line lines page paragraph paragraphs sentence sentences word words";

/// Elements of HTML and SVG that documents use. Anything else in angle brackets is a slot or a
/// parameter.
pub(super) const ELEMENTS: &str = "\
    a abbr address article aside audio b bdi bdo blockquote body br button canvas caption center \
    circle cite code col colgroup data dd defs del details dfn dialog div dl dt em embed fieldset \
    figcaption figure font footer form g h1 h2 h3 h4 h5 h6 head header hr html i iframe img input \
    ins kbd label legend li line link main map mark menu meta meter nav noscript object ol \
    optgroup option output p param path picture polygon pre progress q rect rp rt ruby s samp \
    script section select small source span strike strong style sub summary sup svg table tbody td \
    template text textarea tfoot th thead time title tr track tt u ul use var video wbr";

/// Words in the title of a section that shows how something is written.
pub(super) const EXAMPLE_TITLES: &str = "\
    convention conventions example examples format formats output prompt sample schema syntax \
    template templates usage";

/// Words of a label behind which a contract names the fields that are sent or come back.
pub(super) const BODIES: &str = "\
    anfrage antwort body input json params parameters payload query request requests respuesta \
    response responses returns schema shape solicitud";

/// Words of a sentence that shows slots instead of leaving one.
pub(super) const ABOUT_SLOTS: &str = "\
    literal marker markers placeholder placeholders slot slots template templates token tokens";

/// Words that begin a heading which says what is done.
pub(super) const DOING: &str = "\
    accept add allow avoid build cache change check combine convert create define delay delete \
    deny deprecate disable drop emit enable expose extend fail fix forbid ignore introduce keep \
    let limit make merge migrate move only pass prefer prevent read reject release remove rename \
    replace require restrict return reuse run send split start stop store support switch treat \
    update use validate wait write";
