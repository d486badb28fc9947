//! One page: its Markdown, the HTML that is made of it, and what other pages need to know of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Pages that lie beside `docs/`, and their names on the site.
pub(super) const BESIDE: [(&str, &str); 3] =
    [("README.md", "readme"), ("CHANGELOG.md", "changelog"), ("examples/README.md", "frameworks")];

/// All pages, by their place in the repository.
pub(super) type Pages = BTreeMap<String, Page>;

/// A page of the site.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its first heading.
    pub(super) title: String,
    /// What it is made of.
    pub(super) markdown: String,
    /// Its own part of the site's page.
    pub(super) html: String,
    /// Where one can be led on it.
    pub(super) anchors: BTreeSet<String>,
    /// Its links, as they stand.
    pub(super) links: Vec<String>,
    /// What stands in it as code, within a line.
    pub(super) code: Vec<String>,
    /// Files of the repository that it shows by a link.
    pub(super) sources: BTreeSet<String>,
    /// The scripts of its examples that run.
    pub(super) scripts: Vec<String>,
    /// Lists of links by the heading above them: text and place.
    pub(super) lists: Vec<(String, Vec<(String, String)>)>,
}

impl Page {
    /// Reads the page at `place`.
    pub(super) fn read(place: &str, markdown: &str) -> Result<Self> {
        let mut page = Page { markdown: markdown.to_owned(), ..Page::default() };
        let mut events: Vec<Event<'_>> = Parser::new_ext(markdown, Options::ENABLE_TABLES).collect();
        page.look(place, &events);
        page.title = heading(&events).with_context(|| format!("{place} has no heading"))?;
        page.mark(&mut events);
        page.lead(place, &mut events);
        let events = page.run(place, events);
        html::push_html(&mut page.html, events.into_iter());
        Ok(page)
    }

    /// The page as it lies beside itself on the site, in Markdown, leading to others like it.
    pub(super) fn as_markdown(&self, place: &str) -> String {
        let mut text = self.markdown.clone();
        for link in self.links.iter().collect::<BTreeSet<_>>() {
            if let Some((to, anchor)) = target(place, link).filter(|(to, _)| to != place) {
                let file = name(&to).map_or_else(|| shown(&to), |name| format!("{name}.md"));
                let anchor = if anchor.is_empty() { anchor } else { format!("#{anchor}") };
                text = text.replace(&format!("]({link})"), &format!("]({file}{anchor})"));
            }
        }
        text
    }

    /// Keeps what is led to from here.
    fn look(&mut self, place: &str, events: &[Event<'_>]) {
        let (mut above, mut is_heading, mut is_item, mut link) =
            (String::new(), false, false, None::<(String, String)>);
        for event in events {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    (is_heading, above) = (true, String::new());
                }
                Event::End(TagEnd::Heading(_)) => is_heading = false,
                Event::Start(Tag::Item) => is_item = true,
                Event::End(TagEnd::Item) => is_item = false,
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    self.links.push(dest_url.to_string());
                    link = Some((String::new(), dest_url.to_string()));
                }
                Event::End(TagEnd::Link) => {
                    if let Some((text, to)) = link.take().filter(|_| is_item)
                        && let Some((to, _)) = target(place, &to)
                    {
                        match self.lists.last_mut().filter(|(title, _)| *title == above) {
                            Some((_, entries)) => entries.push((text, to)),
                            None => self.lists.push((above.clone(), vec![(text, to)])),
                        }
                    }
                }
                Event::Text(text) | Event::Code(text) => {
                    if matches!(event, Event::Code(_)) {
                        self.code.push(text.to_string());
                    }
                    if is_heading {
                        above.push_str(text);
                    }
                    if let Some((of_link, _)) = &mut link {
                        of_link.push_str(text);
                    }
                }
                _ => {}
            }
        }
    }

    /// Gives each heading the name by which links know it.
    fn mark(&mut self, events: &mut [Event<'_>]) {
        let mut known = BTreeMap::<String, u32>::new();
        let mut at = 0;
        while let Some(start) = events[at..].iter().position(|event| matches!(event, Event::Start(Tag::Heading { .. })))
        {
            let start = at + start;
            let length = events[start..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))));
            let end = start + length.unwrap_or(1);
            let name = slug(&text(&events[start..end]));
            let count = known.entry(name.clone()).or_default();
            let name = if *count == 0 { name } else { format!("{name}-{count}") };
            *count += 1;
            if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                *id = Some(CowStr::from(name.clone()));
            }
            self.anchors.insert(name);
            at = end;
        }
    }

    /// Has links lead to the site's own pages, and to copies of sources.
    fn lead(&mut self, place: &str, events: &mut [Event<'_>]) {
        for event in events {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
                && let Some((to, anchor)) = target(place, dest_url)
            {
                let file = match name(&to) {
                    _ if to == place && !anchor.is_empty() => String::new(),
                    Some(name) => format!("{name}.html"),
                    None => {
                        self.sources.insert(to.clone());
                        shown(&to)
                    }
                };
                *dest_url = CowStr::from(if anchor.is_empty() { file } else { format!("{file}#{anchor}") });
            }
        }
    }

    /// Puts what runs behind the examples that are to run, and what scrolls around the tables.
    fn run<'a>(&mut self, place: &str, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let name = name(place).unwrap_or_default();
        let mut out = Vec::with_capacity(events.len());
        let (mut language, mut code) = (None, String::new());
        for event in events {
            match &event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    language = info.strip_suffix(" live").map(str::to_owned);
                    code.clear();
                }
                Event::Text(text) if language.is_some() => code.push_str(text),
                Event::Start(Tag::Table(columns)) => {
                    out.push(Event::Html("<div class=\"table\" tabindex=\"0\">".into()));
                    // Without what a style in the page would be for.
                    let columns = columns.iter().map(|_| pulldown_cmark::Alignment::None).collect();
                    out.push(Event::Start(Tag::Table(columns)));
                    continue;
                }
                _ => {}
            }
            let ended = matches!(event, Event::End(TagEnd::CodeBlock));
            let table = matches!(event, Event::End(TagEnd::Table));
            out.push(event);
            if table {
                out.push(Event::Html("</div>\n".into()));
            }
            match language.as_deref().filter(|_| ended) {
                Some("html") => out.push(Event::Html(format!("<template class=\"live\">\n{code}</template>\n").into())),
                Some("js") => {
                    let script = format!(
                        "<template class=\"live-script\" data-src=\"{name}-{}.js\"></template>\n",
                        self.scripts.len()
                    );
                    out.push(Event::Html(script.into()));
                    self.scripts.push(code.clone());
                }
                _ => {}
            }
            if ended {
                language = None;
            }
        }
        out
    }
}

/// Where a page of the repository is on the site, without its ending.
pub(super) fn name(place: &str) -> Option<&str> {
    let beside = BESIDE.iter().find(|(other, _)| *other == place);
    let inside = || place.strip_prefix("docs/")?.strip_suffix(".md").filter(|name| !name.contains('/'));
    beside.map(|(_, name)| *name).or_else(inside)
}

/// What a link on the page at `place` leads to: a place in the repository, and an anchor there. `None` outside of it.
pub(super) fn target(place: &str, link: &str) -> Option<(String, String)> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return Some((place.to_owned(), anchor.to_owned()));
    }
    let mut parts: Vec<&str> = place.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor.to_owned()))
}

/// Where a file of the repository lies on the site, to be looked at.
pub(super) fn shown(place: &str) -> String {
    let is_picture = [".png", ".svg", ".json"].iter().any(|ending| place.ends_with(ending));
    if is_picture { format!("source/{place}") } else { format!("source/{place}.txt") }
}

/// A text in HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn text(events: &[Event<'_>]) -> String {
    let texts = events.iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

fn heading(events: &[Event<'_>]) -> Option<String> {
    let is_first = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let start = events.iter().position(is_first)?;
    let length = events[start..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
    Some(text(&events[start..start + length]))
}

/// A heading's name in links, as GitHub and others make it.
fn slug(heading: &str) -> String {
    let letters = heading.chars().flat_map(char::to_lowercase);
    let kept = letters.filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_names_that_links_use() {
        let page = Page::read("docs/a.md", "# `<a>`: one, two\n\n## Sub\n\n## Sub\n").unwrap();
        assert_eq!(page.title, "<a>: one, two");
        assert_eq!(page.anchors.iter().map(String::as_str).collect::<Vec<_>>(), ["a-one-two", "sub", "sub-1"]);
        assert!(page.html.contains("<h2 id=\"sub-1\">"), "{}", page.html);
    }

    #[test]
    fn links_lead_to_pages_and_to_copies_of_sources() {
        let text =
            "# T\n\n[a](b.md#c) [d](../README.md) [e](../examples/site.js) [f](#t) [g](https://example.org/a.md)\n";
        let page = Page::read("docs/a.md", text).unwrap();
        for link in [
            "\"b.html#c\"",
            "\"readme.html\"",
            "\"source/examples/site.js.txt\"",
            "\"#t\"",
            "\"https://example.org/a.md\"",
        ] {
            assert!(page.html.contains(link), "{link} in {}", page.html);
        }
        assert_eq!(page.sources.iter().map(String::as_str).collect::<Vec<_>>(), ["examples/site.js"]);
    }

    #[test]
    fn an_example_that_runs_has_its_markup_and_its_script() {
        let page = Page::read("docs/a.md", "# T\n\n```html live\n<b></b>\n```\n\n```js live\ngo();\n```\n").unwrap();
        assert!(
            page.html.contains("&lt;b&gt;") && page.html.contains("<template class=\"live\">\n<b></b>\n</template>")
        );
        assert!(page.html.contains("data-src=\"a-0.js\""), "{}", page.html);
        assert_eq!(page.scripts, ["go();\n"]);
    }
}
