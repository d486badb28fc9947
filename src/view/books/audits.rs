//! What was found out about charges: it stands over every screen of the desk until the person says that they know.

use crate::flow::audits::Audits;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::focus_title;
use crate::ui::words;

/// Each charge that is not, or may not be, as it was asked for.
pub(super) fn notices(audits: Audits) -> El {
    let all = words();
    let place = el("div").attr("role", "alert");
    let here = place.clone();
    let list = move || {
        let findings = audits.findings().get();
        let notices = findings.iter().map(|told| {
            let (finding, told, here) = (&told.finding, told.clone(), here.clone());
            let [what, next] = audits.words(finding, audits.goes_on(&told));
            el("div")
                .class("notice danger")
                .attr("part", "notice")
                .attr("data-finding", finding.verdict.code().unwrap_or_default())
                .child(el("p").child(el("strong").text(&what)))
                .child(el("p").text(&next))
                .child(button("button", "dismiss-finding", all.audit().dismiss, move || {
                    audits.dismiss(&told);
                    focus_title(&here);
                }))
        });
        (!findings.is_empty()).then(|| {
            el("section").class("findings").attr("aria-label", all.audit().title).children(notices.collect::<Vec<_>>())
        })
    };
    place.live(list)
}
