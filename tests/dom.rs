//! The elements and signals that the screens are built of, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use std::cell::Cell;
use std::rc::{Rc, Weak};

use instant_card::reactive::Var;
use instant_card::ui::dom::{El, ElView, Mounted, adopt, el};
use instant_card::ui::keyed::keyed;
use js_sys::Array;
use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

/// Draws in the page, for as long as the value lives.
struct Page {
    root: HtmlElement,
    mounted: Option<UnmountHandle<Mounted>>,
}

impl Page {
    fn new(draw: impl FnOnce() -> El + 'static) -> Page {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = leptos::mount::mount_to(root.clone(), move || ElView::from(draw()));
        Page { root, mounted: Some(mounted) }
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.mounted.take();
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn text_attributes_and_classes_follow() {
    let owner = Owner::new();
    let name = owner.with(|| Var::new("Ana".to_string()));
    let page = Page::new(move || {
        el("p")
            .live_text(move || name.get())
            .live_attr("title", move || (name.get() != "Ana").then(|| name.get()))
            .live_class("long", move || name.with(|name| name.len() > 3))
    });
    let p = page.root.first_element_child().unwrap();
    assert_eq!((page.text().as_str(), p.get_attribute("title"), p.class_name().as_str()), ("Ana", None, ""));
    name.set("Annabel".to_string());
    tick().await;
    assert_eq!(page.text(), "Annabel");
    assert_eq!((p.get_attribute("title").as_deref(), p.class_name().as_str()), (Some("Annabel"), "long"));
}

#[wasm_bindgen_test]
async fn a_text_is_never_markup() {
    let page = Page::new(move || el("p").text("<b>bold</b>").live_text(|| "<i>".to_string()));
    assert_eq!(page.text(), "<b>bold</b><i>");
    assert_eq!(page.root.first_element_child().unwrap().child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn what_is_live_is_made_anew_and_its_cleanup_is_run() {
    let owner = Owner::new();
    let number = owner.with(|| Var::new(1));
    let cleaned = Rc::new(Cell::new(0));
    let counted = cleaned.clone();
    let page = Page::new(move || {
        el("div")
            .text("[")
            .live(move || {
                let number = number.get();
                let counted = send_wrapper::SendWrapper::new(counted.clone());
                on_cleanup(move || counted.set(counted.get() + 1));
                (number > 0).then(|| el("b").text(&number.to_string()))
            })
            .text("]")
    });
    assert_eq!(page.text(), "[1]");
    number.set(2);
    tick().await;
    assert_eq!((page.text().as_str(), cleaned.get()), ("[2]", 1));
    number.set(0);
    tick().await;
    assert_eq!(page.text(), "[]");
    drop(page);
    assert_eq!(cleaned.get(), 3);
}

#[wasm_bindgen_test]
async fn a_listener_hears_of_the_end_and_goes_with_its_screen_whatever_it_holds() {
    let owner = Owner::new();
    let is_there = owner.with(|| Var::new(true));
    let (left, held) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(Weak::new())));
    let (heard, holds) = (left.clone(), held.clone());
    let page = Page::new(move || {
        el("div").live(move || {
            is_there.get().then(|| {
                let input = el("input");
                let (own, kept, heard) = (input.clone(), Rc::new(()), heard.clone());
                holds.set(Rc::downgrade(&kept));
                input.on("blur", move |_| {
                    let _ = (&own, &kept);
                    heard.set(heard.get() + 1);
                })
            })
        })
    });
    page.root.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>().focus().unwrap();
    is_there.set(false);
    tick().await;
    assert!(left.get() > 0, "it is left when it is taken out");
    tick().await;
    assert!(held.take().upgrade().is_none(), "what it held");
}

#[wasm_bindgen_test]
async fn a_switch_keeps_its_content_and_the_focus_until_the_number_is_another() {
    let owner = Owner::new();
    let typed = owner.with(|| Var::new(String::new()));
    let page = Page::new(move || {
        el("div").switch(
            move || typed.with(|typed| u64::from(typed.len() > 3)),
            move |long| {
                // Read while the content is made, which must not make it follow.
                let _ = typed.get();
                Some(el("input").attr("data-long", &long.to_string()))
            },
        )
    });
    let input = || page.root.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlElement>();
    let first = input();
    first.focus().unwrap();
    typed.set("abc".to_string());
    tick().await;
    assert!(input().is_same_node(Some(&first)));
    assert!(document().active_element().unwrap().is_same_node(Some(&first)));
    typed.set("abcd".to_string());
    tick().await;
    assert_eq!(input().get_attribute("data-long").as_deref(), Some("1"));
}

#[wasm_bindgen_test]
async fn what_has_the_focus_keeps_it_where_the_same_is_drawn_anew() {
    let owner = Owner::new();
    let number = owner.with(|| Var::new(0));
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    let shadow = place.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
    let inner: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    shadow.append_child(&inner).unwrap();
    let mounted = leptos::mount::mount_to(inner, move || {
        ElView::from(el("div").live(move || {
            let what = number.get().to_string();
            let button = |name: &str| el("button").text(name);
            Some(
                el("p")
                    .child(el("b").text(&what))
                    .child(button("Again"))
                    .child(button(&what))
                    .child(button("Twin"))
                    .child(button("Twin")),
            )
        }))
    });
    let button = |at: u32| {
        let selector = format!("button:nth-of-type({})", at + 1);
        shadow.query_selector(&selector).unwrap().unwrap().unchecked_into::<HtmlElement>()
    };
    let focused = || shadow.active_element().and_then(|element| element.text_content());
    // Of two that are alike nobody knows which one it was, and one that says something else is another one.
    for (at, kept) in [(0, Some("Again")), (1, None), (2, None)] {
        let before = button(at);
        before.focus().unwrap();
        number.update(|number| *number += 1);
        tick().await;
        assert!(!before.is_connected());
        assert_eq!(focused().as_deref(), kept);
    }
    drop(mounted);
    place.remove();
}

#[wasm_bindgen_test]
async fn what_stands_in_the_page_is_gone_on_with_where_it_stands() {
    let make = |tag: &str| document().create_element(tag).unwrap();
    let (root, form, p, input) = (make("div"), make("form"), make("p"), make("input"));
    let (end, word) = (document().create_text_node(""), document().create_text_node("early"));
    for (parent, child) in
        [(&root, &form), (&form, &p), (&p, &word), (&form, &end), (&form, &input)] as [(_, &web_sys::Node); 5]
    {
        parent.append_child(child).unwrap();
    }
    document().body().unwrap().append_child(&root).unwrap();
    let input: HtmlInputElement = input.unchecked_into();
    input.set_value("typed");
    input.focus().unwrap();
    input.set_selection_range(1, 3).unwrap();

    let owner = Owner::new();
    let now = owner.with(|| Var::new("late"));
    // In the order in which the elements are made below.
    let nodes = Array::of5(&form, &end, &p, &word, &input);
    adopt(Some(nodes));
    let mounted = leptos::mount::mount_to(root.clone().unchecked_into(), move || {
        let text = move || Some(el("p").text(now.get()));
        ElView::from(el("form").live(text).child(el("input").attr("name", "a").value("typed")))
    });
    adopt(None);
    assert_eq!(root.inner_html(), "<form><p>late</p><input name=\"a\"></form>");
    assert_eq!(root.first_element_child(), Some(form));
    assert_eq!(p.parent_element(), root.first_element_child());
    assert_eq!(document().active_element().as_ref(), Some(input.as_ref()));
    assert_eq!((input.selection_start(), input.selection_end()), (Ok(Some(1)), Ok(Some(3))));
    now.set("later");
    tick().await;
    assert_eq!(root.inner_html(), "<form><p>later</p><input name=\"a\"></form>");
    assert_eq!(p.parent_element(), None, "what comes after is made anew");
    drop(mounted);
    assert_eq!(root.child_element_count(), 0);
    root.remove();
}

#[wasm_bindgen_test]
async fn nothing_follows_once_the_screen_is_gone() {
    let owner = Owner::new();
    let number = owner.with(|| Var::new(1));
    let runs = Rc::new(Cell::new(0));
    let counted = runs.clone();
    let page = Page::new(move || {
        el("p").live_text(move || {
            counted.set(counted.get() + 1);
            number.get().to_string()
        })
    });
    drop(page);
    number.set(2);
    tick().await;
    assert_eq!(runs.get(), 1);
}

#[wasm_bindgen_test]
fn a_value_whose_screen_is_gone_is_not_read_and_not_written() {
    let owner = Owner::new();
    let number = owner.with(|| Var::new(1));
    assert_eq!(number.try_with_untracked(|number| *number), Some(1));
    owner.cleanup();
    assert!(number.is_gone());
    number.set(2);
    number.update(|number| *number += 1);
    assert_eq!(number.try_with_untracked(|number| *number), None);
}

#[wasm_bindgen_test]
fn a_copy_taken_before_a_change_stays_what_it_was() {
    let owner = Owner::new();
    let list = owner.with(|| Var::new(vec![1]));
    let before = list.get_untracked();
    list.update(|list| list.push(2));
    assert_eq!((before, list.get_untracked()), (vec![1], vec![1, 2]));
}

#[wasm_bindgen_test]
async fn an_item_stays_with_its_focus_while_its_key_is_in_the_list() {
    let owner = Owner::new();
    let keys = owner.with(|| Var::new(vec![1_u64, 2, 3]));
    let (made, gone) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let page = Page::new({
        let (made, gone) = (made.clone(), gone.clone());
        move || {
            keyed(
                el("ul"),
                move || keys.get(),
                move |key| {
                    made.set(made.get() + 1);
                    let gone = send_wrapper::SendWrapper::new(gone.clone());
                    on_cleanup(move || gone.set(gone.get() + 1));
                    el("li").attr("tabindex", "0").text(&key.to_string())
                },
            )
        }
    });
    assert_eq!((page.text().as_str(), made.get()), ("123", 3));
    let two: HtmlElement = page.root.query_selector("li:nth-child(2)").unwrap().unwrap().unchecked_into();
    two.focus().unwrap();
    keys.set(vec![4, 2, 5, 3]);
    tick().await;
    assert_eq!((page.text().as_str(), made.get(), gone.get()), ("4253", 5, 1));
    assert!(two.is_same_node(document().active_element().map(Into::into).as_ref()), "the focus stays where it was");
    keys.set(vec![3, 2, 4]);
    tick().await;
    assert_eq!((page.text().as_str(), made.get(), gone.get()), ("324", 5, 2));
    keys.set(Vec::new());
    tick().await;
    assert_eq!((page.text().as_str(), gone.get()), ("", 5));
}

#[wasm_bindgen_test]
async fn a_long_list_comes_bit_by_bit_and_whole() {
    let owner = Owner::new();
    let keys = owner.with(|| Var::new((0..300_u64).collect::<Vec<_>>()));
    let page = Page::new(move || keyed(el("ul"), move || keys.get(), |key| el("li").attr("id", &key.to_string())));
    let list = page.root.first_element_child().unwrap();
    let at_first = list.child_element_count();
    assert!(at_first > 10 && at_first < 300, "{at_first} items at once");
    while list.child_element_count() < 300 {
        let pause = js_sys::Promise::new(&mut |done, _| later(&done));
        wasm_bindgen_futures::JsFuture::from(pause).await.unwrap();
    }
    let mut ids = Vec::new();
    let mut next = list.first_element_child();
    while let Some(item) = next {
        ids.push(item.id());
        next = item.next_element_sibling();
    }
    assert_eq!(ids, (0..300).map(|id| id.to_string()).collect::<Vec<_>>());
}

fn later(done: &js_sys::Function) {
    web_sys::window().unwrap().set_timeout_with_callback(done).unwrap();
}
