//! The documentation's site in `target/docs/`: the Markdown of `docs/`, the README and the changelog as pages, checked for links
//! that lead nowhere.
//!
//! `docs/index.md` says which pages there are, in the form of an `llms.txt`; the site's contents and that file are made of it. Each page
//! lies beside its Markdown, for whoever rather reads that. Served beside a portal and a sandbox (`cargo xtask demo`), its
//! examples run.

#[cfg(test)]
mod blocks;
mod links;
mod page;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{paths::Paths, say};
use page::{BESIDE, Page, Pages, name};

/// The page that names all others.
const INDEX: &str = "docs/index.md";
/// What stands around each page, and its own files.
const SHELL: &str = "docs/site/page.html";
const ASSETS: [&str; 3] = ["docs/site/site.css", "docs/site/site.js", "style/icon.svg"];

/// Builds the site, or says what is wrong with it.
pub(crate) fn run(paths: &Paths) -> Result<()> {
    build(paths)?;
    println!("{}/index.html", paths.docs().display());
    Ok(())
}

/// The same, without its address.
pub(crate) fn build(paths: &Paths) -> Result<()> {
    say::doing("building the documentation in target/docs/");
    let pages = read(&paths.root)?;
    let wrong = links::wrong(&paths.root, &pages);
    if !wrong.is_empty() {
        bail!("links of the documentation lead nowhere:\n  {}\n  remedy: correct them", wrong.join("\n  "));
    }
    write(paths, &pages)
}

/// Reads all pages.
fn read(root: &Path) -> Result<Pages> {
    let mut places: Vec<String> = BESIDE.iter().map(|(place, _)| (*place).to_owned()).collect();
    for entry in fs::read_dir(root.join("docs")).context("reading docs/")? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        if file.ends_with(".md") {
            places.push(format!("docs/{file}"));
        }
    }
    let page = |place: String| {
        let text = fs::read_to_string(root.join(&place)).with_context(|| format!("reading {place}"))?;
        let page = Page::read(&place, &text)?;
        Ok((place, page))
    };
    places.into_iter().map(page).collect()
}

/// Writes the site anew.
fn write(paths: &Paths, pages: &Pages) -> Result<()> {
    let site = paths.docs();
    if site.exists() {
        fs::remove_dir_all(&site).context("emptying target/docs")?;
    }
    let put = |name: &str, bytes: &[u8]| {
        let file = site.join(name);
        let folder = file.parent().unwrap_or(&site);
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::write(&file, bytes).with_context(|| format!("writing {}", file.display()))
    };
    let source = |place: &str| fs::read(paths.root.join(place)).with_context(|| format!("reading {place}"));
    let shell = String::from_utf8(source(SHELL)?).context("the page around all pages")?;
    let index = pages.get(INDEX).with_context(|| format!("there is no {INDEX}"))?;
    let mut sources = BTreeSet::new();
    for (place, page) in pages {
        let name = name(place).with_context(|| format!("{place} has no name"))?;
        let contents = contents(index, place);
        let html = shell
            .replace("{title}", &page::escaped(&page.title))
            .replace("{contents}", &contents)
            .replace("{markdown}", &format!("{name}.md"))
            .replace("{page}", &page.html);
        put(&format!("{name}.html"), html.as_bytes())?;
        put(&format!("{name}.md"), page.as_markdown(place).as_bytes())?;
        for (number, script) in page.scripts.iter().enumerate() {
            put(&format!("{name}-{number}.js"), script.as_bytes())?;
        }
        sources.extend(page.sources.iter());
    }
    for place in ASSETS {
        put(&file_name(place), &source(place)?)?;
    }
    for place in sources {
        put(&page::shown(place), &source(place)?)?;
    }
    put("llms.txt", index.as_markdown(INDEX).as_bytes())
}

/// The list of pages as `here` shows it.
fn contents(index: &Page, here: &str) -> String {
    let mut html = String::new();
    for (title, entries) in &index.lists {
        html.push_str(&format!("<h2>{}</h2>\n<ul>\n", page::escaped(title)));
        for (text, place) in entries {
            let Some(name) = name(place) else { continue };
            let current = if place == here { " aria-current=\"page\"" } else { "" };
            html.push_str(&format!("<li><a href=\"{name}.html\"{current}>{}</a></li>\n", page::escaped(text)));
        }
        html.push_str("</ul>\n");
    }
    html
}

fn file_name(place: &str) -> String {
    PathBuf::from(place).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn all_links_lead_somewhere() {
        let pages = read(&root()).unwrap();
        assert_eq!(links::wrong(&root(), &pages), Vec::<String>::new());
    }

    #[test]
    fn what_is_beside_the_site_leads_nowhere_out_of_it() {
        for (place, page) in read(&root()).unwrap() {
            let text = page.as_markdown(&place);
            assert!(!text.contains("](../") && !text.contains("](docs/"), "{place}");
        }
        let index = &read(&root()).unwrap()[INDEX];
        assert!(index.as_markdown(INDEX).contains("](changelog.md)"), "an llms.txt leads to Markdown");
    }

    #[test]
    fn the_index_names_each_page() {
        let pages = read(&root()).unwrap();
        let named: BTreeSet<&str> =
            pages[INDEX].lists.iter().flat_map(|(_, entries)| entries).map(|(_, place)| place.as_str()).collect();
        let unnamed: Vec<_> = pages.keys().filter(|place| *place != INDEX && !named.contains(place.as_str())).collect();
        assert!(unnamed.is_empty(), "docs/index.md has to name {unnamed:?}");
    }

    #[test]
    fn no_page_has_code_or_style_inside_which_a_policy_forbids() {
        for (place, page) in read(&root()).unwrap() {
            let inside = ["<script", "style=\"", "onclick="].into_iter().find(|text| page.html.contains(text));
            assert_eq!(inside, None, "{place}");
        }
    }
}
