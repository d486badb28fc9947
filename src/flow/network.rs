//! The device without a network: that is told as what it is, and what waits for one goes on by itself once there is one.
//!
//! It comes in a later file (`view/trail.rs`): the files before it know what is said and done by a table in [`super::wording`].
//! What may charge something is not in it: nobody pays without pressing a button.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;

use super::context::Context;
use super::wording::{Away, word_away};
use crate::i18n::Messages;
use crate::i18n::network::Network as Words;
use crate::reactive::Var;
use crate::world::Network;

/// So many milliseconds after there is a network again it is used: it mostly does not lead anywhere at once.
const REST: u32 = 300;

static AWAY: Away = Away { says, when_back };

/// What is done once there is a network again, by the number of who has asked for it.
type Waiting = Vec<(u32, Rc<dyn Fn()>)>;

thread_local! {
    /// Of each widget, whether there is no network.
    static OUT: RefCell<Vec<(Context, Var<bool>)>> = const { RefCell::new(Vec::new()) };
    static WAITING: RefCell<Waiting> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// From now on this widget sees to it whether there is a network. Asking again does nothing more.
pub fn watch(cx: Context, network: Rc<dyn Network>) {
    if OUT.with_borrow(|all| all.iter().any(|(known, _)| *known == cx)) {
        return;
    }
    word_away(&AWAY);
    let out = cx.keep(|| Var::new(!network.is_there()));
    OUT.with_borrow_mut(|all| all.push((cx, out)));
    let asked = network.clone();
    let heard = network.watch(Box::new(move || has_changed(cx, out, asked.clone())));
    let heard = SendWrapper::new(heard);
    cx.keep(|| {
        on_cleanup(move || {
            drop(heard.take());
            OUT.with_borrow_mut(|all| all.retain(|(known, _)| *known != cx));
        });
    });
}

/// There is no network any more, or there is one again.
fn has_changed(cx: Context, out: Var<bool>, network: Rc<dyn Network>) {
    if !network.is_there() {
        return out.set(true);
    }
    cx.spawn_apart(Box::pin(async move {
        if out.is_gone() {
            return;
        }
        cx.sleep(REST).await;
        if network.is_there() && out.try_with_untracked(|out| *out) == Some(true) {
            go_on();
            out.set(false);
        }
    }));
}

/// Does what waits for a network. What asks for something anew meanwhile waits for the next time.
fn go_on() {
    let last = LAST.get();
    let next = || WAITING.with_borrow_mut(|all| Some(all.remove(all.iter().position(|(number, _)| *number <= last)?)));
    while let Some((_, act)) = next() {
        act();
    }
}

fn when_back(act: Rc<dyn Fn()>) {
    let number = LAST.get().wrapping_add(1);
    LAST.set(number);
    WAITING.with_borrow_mut(|all| all.push((number, act)));
    on_cleanup(move || WAITING.with_borrow_mut(|all| all.retain(|(known, _)| *known != number)));
}

fn says(all: Messages) -> Option<&'static Words> {
    let widgets = OUT.with_borrow(Vec::clone);
    let is_out = widgets.iter().any(|(_, out)| !out.is_gone() && out.get());
    is_out.then(|| all.network())
}

#[cfg(test)]
mod tests {
    use std::any::Any;

    use futures_util::FutureExt;
    use futures_util::future::LocalBoxFuture;
    use leptos::prelude::Owner;

    use super::*;
    use crate::api::Error;
    use crate::flow::places;
    use crate::flow::wording::{worded, worded_asked, worded_gone};
    use crate::i18n::Locale;
    use crate::reactive::Row;
    use crate::session::Session;
    use crate::world::Spawner;

    /// Does everything at once.
    struct Now;

    impl Spawner for Now {
        fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
            assert!(task.now_or_never().is_some(), "nothing here waits");
        }
    }

    /// Who hears of a change.
    type Told = Rc<RefCell<Vec<Box<dyn Fn()>>>>;

    #[derive(Default)]
    struct Cable {
        is_out: Cell<bool>,
        told: Told,
    }

    struct Hears(Told);

    impl Drop for Hears {
        fn drop(&mut self) {
            self.0.take();
        }
    }

    impl Network for Cable {
        fn is_there(&self) -> bool {
            !self.is_out.get()
        }

        fn watch(&self, told: Box<dyn Fn()>) -> Box<dyn Any> {
            self.told.borrow_mut().push(told);
            Box::new(Hears(self.told.clone()))
        }
    }

    impl Cable {
        fn pull(&self, is_out: bool) {
            self.is_out.set(is_out);
            self.told.borrow().iter().for_each(|told| told());
        }
    }

    fn widget() -> (Owner, Context, Rc<Cable>) {
        let (owner, cable) = (Owner::new(), Rc::new(Cable::default()));
        let cx = owner.with(|| Context::new(Row::new(places::ALL), Session::new(), Rc::new(Now), Rc::new(|_| {})));
        watch(cx, cable.clone());
        watch(cx, cable.clone());
        assert_eq!(cable.told.borrow().len(), 1, "a widget is asked for it more than once");
        (owner, cx, cable)
    }

    fn count(times: &Rc<Cell<u32>>) -> Rc<dyn Fn()> {
        let times = times.clone();
        Rc::new(move || times.set(times.get() + 1))
    }

    #[test]
    fn no_network_is_no_fault_of_the_servers() {
        let (owner, _, cable) = widget();
        for (locale, what, on, asked) in [
            (Locale::En, "You are offline.", "goes on by itself", "try again"),
            (Locale::Es, "No tienes conexión.", "sigue solo", "vuelve a intentarlo"),
        ] {
            let all = Messages::of(locale);
            assert_eq!(worded(all, &Error::Unreachable).what, all.errors().unreachable);
            cable.pull(true);
            let told = worded(all, &Error::Unreachable);
            assert!(told.what == what && told.next.contains(on), "{} {}", told.what, told.next);
            for told in [worded_asked(all, &Error::Unreachable), worded_gone(all, &Error::Unreachable)] {
                assert!(
                    told.next.contains(asked) && !told.next.contains(on),
                    "what charges is asked for: {}",
                    told.next
                );
            }
            let answered = Error::Server { status: 500, words: Vec::new() };
            assert_eq!(worded(all, &answered).what, all.errors().server, "a server that answers is not away");
            cable.pull(false);
        }
        drop(owner);
    }

    #[test]
    fn what_waits_goes_on_once_and_no_longer_than_it_is_there() {
        let (owner, _, cable) = widget();
        let (stays, goes, anew) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        when_back(count(&stays));
        let screen = owner.child();
        screen.with(|| when_back(count(&goes)));
        let again = count(&anew);
        when_back(Rc::new(move || {
            again();
            // It has failed once more: that is for the next time.
            when_back(again.clone());
        }));
        cable.pull(true);
        screen.cleanup();
        assert_eq!((stays.get(), goes.get(), anew.get()), (0, 0, 0));
        cable.pull(false);
        assert_eq!((stays.get(), goes.get(), anew.get()), (1, 0, 1));
        cable.pull(false);
        assert_eq!(anew.get(), 1, "there was a network all the time");
        cable.pull(true);
        cable.pull(false);
        assert_eq!((stays.get(), anew.get()), (1, 2));
    }

    #[test]
    fn a_widget_that_is_gone_hears_of_nothing() {
        let (owner, _, cable) = widget();
        cable.pull(true);
        owner.cleanup();
        assert!(cable.told.borrow().is_empty());
        assert_ne!(worded(Messages::of(Locale::En), &Error::Unreachable).what, "You are offline.");
    }
}
