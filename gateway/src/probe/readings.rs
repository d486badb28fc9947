//! What the answers say of the open points. The words for the readings are those of the sandbox's dialects.

use super::evidence::Evidence;
use super::network;
use super::report::Report;
use super::shape::{shape, text_kind};
use super::visit::is_submitted;
use super::writing::stayed;
use serde_json::Value;

/// Reads everything.
pub(super) fn read(seen: &Evidence, report: &mut Report) {
    signing_in(seen, report);
    spellings(seen, report);
    cards(seen, report);
    previews(seen, report);
    print_jobs(seen, report);
    refusals(seen, report);
    not_tried(report);
    network::read(seen, report);
    for (what, reply) in seen.all() {
        let shape = if reply.is_ok() { shape(&reply.json()) } else { format!("status {}", reply.status) };
        if !report.shapes.iter().any(|(known, same)| known == what && *same == shape) {
            report.shapes.push(((*what).to_owned(), shape));
        }
    }
    report.troubles.clone_from(&seen.troubles);
}

/// The one word where all say the same, or the words that there are.
fn all_say<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut known: Vec<&str> = Vec::new();
    for word in words {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    (!known.is_empty()).then(|| known.join(" and "))
}

fn signing_in(seen: &Evidence, report: &mut Report) {
    let has = |value: &Value, member: &str| value.get(member).is_some();
    let answers = seen.json("authenticate");
    let token = ["auth_token", "token"].into_iter().find(|member| answers.iter().any(|answer| has(answer, member)));
    report.seen("auth", "the member of the sign-in answer that holds the token", token);
    let profiles = seen.json("profile");
    let profile = profiles.first().unwrap_or(&Value::Null);
    let settings = &profile["settings"];
    let spelling = [("full_name", "snake"), ("page_size", "snake"), ("fullName", "camel"), ("pageSize", "camel")];
    let spelled = spelling.into_iter().find(|(member, _)| has(settings, member)).map(|(_, word)| word);
    report.seen("profile", "spelling of the profile's members", spelled);
    let organization = &profile["organization"];
    let member = ["id", "organization_id", "organizationId"].into_iter().find(|member| has(organization, member));
    let member = member.map(|member| if member == "id" { "id" } else { "organization_id" });
    report.seen("profile_org", "the profile's member for the organization's id", member);
}

fn spellings(seen: &Evidence, report: &mut Report) {
    let ids = ["templates", "cards", "print jobs", "addresses"].into_iter().flat_map(|list| seen.entries(list));
    let ids: Vec<_> = ids.map(|entry| entry["id"].clone()).collect();
    let spelled = ids.iter().filter(|id| !id.is_null()).map(|id| if id.is_string() { "strings" } else { "numbers" });
    report.seen("ids", "ids as numbers or as strings of digits", all_say(spelled));
    let balance = seen.json("balance");
    let balance = balance.first().map(|balance| if balance.is_string() { "string" } else { "object" });
    report.seen("balance", "the balance as {balance} or as the bare text", balance);
    let money: Vec<_> =
        seen.json("balance").iter().chain(&seen.entries("transactions")).map(|value| money_in(value)).collect();
    report.seen("money", "how amounts are spelled", all_say(money.iter().flatten().copied()));
    let fields: Vec<Value> = seen.entries("fields");
    let dimensions = fields.iter().map(|field| match &field["dimensions"] {
        Value::Object(sides) if sides.values().any(Value::is_string) => "strings",
        Value::Object(_) => "numbers",
        _ => "absent",
    });
    report.seen("dimensions", "a template field's dimensions", all_say(dimensions));
    let kinds = fields.iter().filter_map(|field| field["type"].as_str()).map(|kind| match kind {
        "text" | "image" => kind,
        _ => "another kind",
    });
    report.seen("field_types", "kinds of fields", all_say(kinds));
    report.seen("nulls", "whether a member without a value is null or left out", nulls(seen));
    let lists = ["cards", "print jobs"].map(|list| seen.entries(list)).map(|list| order(&list));
    report.seen("list_order", "the order of cards and print jobs", all_say(lists.iter().flatten().copied()));
    let (page, second) = (seen.entries("cards"), seen.entries("cards, page 2"));
    let paged = (page.len() > 2).then(|| match page.get(2..4.min(page.len())) {
        Some(same) if same == second => "honoured",
        _ if second.len() <= 2 => "honoured, from a list that is in another order each time",
        _ => "ignored",
    });
    report.seen("paging", "page and page_size", paged);
}

/// The kinds of amounts in a value.
fn money_in(value: &Value) -> Option<&'static str> {
    let amount = ["balance", "credit", "debit"].iter().find_map(|member| value[member].as_str()).or(value.as_str())?;
    let sign = amount.trim_start_matches('(').starts_with('$');
    Some(match (sign, amount.starts_with('(')) {
        (true, false) => "$5.50",
        (true, true) => "($5.50)",
        _ => "another way",
    })
}

/// Members of which some entries have a value and others have none.
fn nulls(seen: &Evidence) -> Option<&'static str> {
    let entries: Vec<_> =
        ["transactions", "cards", "print jobs", "addresses"].into_iter().flat_map(|list| seen.entries(list)).collect();
    if entries.iter().any(|entry| entry.as_object().is_some_and(|members| members.values().any(Value::is_null))) {
        return Some("present");
    }
    let lacks = |member: &str| entries.iter().any(|entry| entry.get("id").is_some() && entry.get(member).is_none());
    let is_there = |member: &str| entries.iter().any(|entry| entry.get(member).is_some());
    let optional = ["last_printed_at", "credit", "debit", "receipt", "address_id"];
    optional.into_iter().any(|member| is_there(member) && lacks(member)).then_some("absent")
}

/// The order of a list's ids.
fn order(list: &[Value]) -> Option<&'static str> {
    let ids: Vec<u64> = list.iter().filter_map(|entry| super::evidence::id(&entry["id"])?.parse().ok()).collect();
    if ids.len() < 3 {
        return None;
    }
    let falls = ids.windows(2).all(|pair| pair[0] > pair[1]);
    let rises = ids.windows(2).all(|pair| pair[0] < pair[1]);
    Some(if falls {
        "newest_first"
    } else if rises {
        "oldest_first"
    } else {
        "unordered"
    })
}

fn cards(seen: &Evidence, report: &mut Report) {
    let cards = [seen.json("card"), seen.json("draft, made")].concat();
    let data = cards.iter().filter_map(|card| match &card["data"] {
        Value::Object(_) => Some("object"),
        Value::Array(items) => items.first().map(|item| if item.get("token").is_some() { "array" } else { "pairs" }),
        _ => None,
    });
    report.seen(
        "card_data",
        "a card's data: [{token, label, type, value}], [{TOKEN: value}] or {TOKEN: value}",
        all_say(data),
    );
    let mut images = Vec::new();
    for card in &cards {
        images_in(&card["data"], &mut images);
    }
    report.seen("card_image", "how a single card's image values are returned", all_say(images));
    let lists = cards.iter().map(|card| match &card["images"] {
        Value::Array(items) if items.first().is_some_and(Value::is_object) => "objects",
        Value::Array(items) if items.is_empty() => "",
        Value::Array(_) => "strings",
        _ => "absent",
    });
    report.seen("images", "a card's `images`", all_say(lists.filter(|word| !word.is_empty())));
    let in_lists: Vec<_> = seen
        .entries("cards")
        .iter()
        .map(|card| {
            let mut found = Vec::new();
            images_in(&card["data"], &mut found);
            found
        })
        .collect();
    report.seen("list_image", "images in a list of cards", all_say(in_lists.concat()));
    let after = seen.json("draft, read after that");
    let kept = after.first().and_then(stayed).map(|stayed| if stayed { "stay as they were" } else { "are lost" });
    report.seen("update", "fields that an update leaves out", kept);
}

fn images_in(value: &Value, found: &mut Vec<&'static str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| images_in(item, found)),
        // Its type is the word `image`, too.
        Value::Object(members) if members.contains_key("token") => images_in(&value["value"], found),
        Value::Object(members) => members.values().for_each(|value| images_in(value, found)),
        Value::String(text) => found.extend(match text_kind(text) {
            "the word `image`" => Some("word"),
            "data: URI" => Some("data_uri"),
            "address" => Some("url"),
            "Base64 of a picture" => Some("base64"),
            _ => None,
        }),
        _ => {}
    }
}

fn previews(seen: &Evidence, report: &mut Report) {
    let previews = [seen.json("preview"), seen.json("draft, its preview")].concat();
    let drawn: Vec<_> = previews.iter().filter(|preview| preview["preview_available"] == true).collect();
    let back = |preview: &&&Value| match preview.get("back") {
        None | Some(Value::Null) => "absent",
        Some(Value::String(text)) if text.is_empty() => "empty",
        Some(_) => "drawn",
    };
    let backs: Vec<_> = drawn.iter().map(|preview| back(&preview)).collect();
    let has = |word| backs.contains(&word);
    // What one-sided templates have: an empty one where there is any; then one that is left out is a side that failed.
    let one_sided = if has("empty") { Some("empty") } else { has("absent").then_some("absent") };
    report.seen("preview_back", "the back of a one-sided card's preview", one_sided);
    let two_sided = match (has("drawn"), has("empty") && has("absent")) {
        (_, true) => Some("fails"),
        (true, _) => Some("drawn"),
        _ => None,
    };
    report.seen("back_side", "the back of a two-sided card's preview", two_sided);
    let orientation = drawn.iter().map(|preview| if preview["orientation"].is_string() { "present" } else { "absent" });
    report.seen("orientation", "a preview's `orientation`", all_say(orientation));
    let fronts = drawn.iter().filter_map(|preview| preview["front"].as_str()).map(text_kind);
    report.seen("preview_picture", "what a preview's sides are", all_say(fronts));
}

fn print_jobs(seen: &Evidence, report: &mut Report) {
    let jobs = [seen.entries("print jobs"), seen.json("print job")].concat();
    let filled = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
    let users = |job: &Value, member: &str| {
        job["list_users"].as_array().into_iter().flatten().any(|user| filled(&user[member]))
    };
    let cards = jobs.iter().filter_map(|job| {
        Some(match () {
            () if users(job, "user_datum") => "user_datum",
            () if users(job, "cards") => "cards",
            () if filled(&job["cards"]) => "top_cards",
            () if filled(&job["card_ids"]) => "card_ids",
            () => return None,
        })
    });
    report.seen("job_cards", "where a print job lists its cards", all_say(cards));
    let status = jobs.iter().filter_map(|job| match &job["status"] {
        Value::String(_) => Some("word"),
        Value::Number(_) => Some("number"),
        _ => None,
    });
    report.seen("job_status", "a print job's status", all_say(status));
    let extras = jobs.iter().filter_map(|job| match job.get("number_of_copies") {
        Some(_) => Some("top"),
        None => job["extract"].get("number_of_copies").map(|_| "extract"),
    });
    report.seen("job_extras", "where a print job has number_of_copies and shipping_provider_id", all_say(extras));
    let is_both = jobs.iter().any(is_submitted) && !jobs.iter().all(is_submitted);
    let (open, sent) = (seen.entries("print jobs, created"), seen.entries("print jobs, submitted"));
    let honoured = !open.iter().any(is_submitted) && sent.iter().all(is_submitted);
    let filter = is_both.then_some(if honoured { "honoured" } else { "ignored" });
    report.seen("status_filter", "whether the list of print jobs heeds the status that is asked for", filter);
    let negative = seen.json("balance").iter().any(|balance| money_in(balance) == Some("($5.50)"));
    let checks = seen.json("check of the balance");
    let check = checks.first().and_then(|check| match (check.as_bool()?, negative) {
        (false, _) => Some("honest"),
        (true, true) => Some("always_true"),
        (true, false) => None,
    });
    report.seen("check_balance", "what the check of the balance says when there is too little", check);
    let twice = |list: &Value, member: &str| {
        let ids: Vec<_> =
            list.as_array().into_iter().flatten().map(|entry| entry.get(member).unwrap_or(entry)).collect();
        ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id))
    };
    let doubled = jobs.iter().any(|job| {
        let of_users = job["list_users"].as_array().into_iter().flatten();
        let in_users =
            of_users.into_iter().any(|user| twice(&user["user_datum"], "card_id") || twice(&user["cards"], "id"));
        in_users || twice(&job["cards"], "id") || twice(&job["card_ids"], "id")
    });
    report.seen("add_cards", "a card that is added to a print job once more", doubled.then_some("doubles"));
}

fn refusals(seen: &Evidence, report: &mut Report) {
    let refused =
        seen.all().iter().filter(|(_, reply)| (400..500).contains(&reply.status)).map(|(_, reply)| reply.json());
    let errors: Vec<_> = refused.map(|body| body["error"].clone()).collect();
    let errors = errors.iter().filter_map(|error| match error {
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("list"),
        _ => None,
    });
    report.seen("errors", "`error` as one text or as a list", all_say(errors));
    let status = |what: &str| seen.of(what).next().map(|reply| reply.status.to_string());
    report.seen("unknown_parameter", "the status for a parameter that is not documented", status("unknown parameter"));
    report.seen("missing_parameter", "the status for one that is missing", status("missing parameter"));
    report.seen("no_such_card", "the status for a card that is not there", status("no such card"));
    report.seen("without_token", "the status without a token", status("without a token"));
}

fn not_tried(report: &mut Report) {
    let charges = "it would charge the organization";
    report.not_tried("print", "submitting a print job once more", charges);
    report.not_tried(
        "create_job",
        "whether a new print job needs an address and a shipping provider",
        "it would make a print job, which nothing deletes",
    );
    report.not_tried(
        "address_refusals",
        "the status of what is wrong with an address",
        "where the server takes it all the same, an address would be made",
    );
    report.not_tried("add_funds", "how a declined payment card is told", charges);
}
