//! Staff at a kiosk: who is let in, for how long, and what they leave.

use super::*;
use crate::flow::kiosk::Staff;
use crate::flow::kiosk::staff::PATIENCE;

impl Stage {
    fn staff(&self) -> Staff {
        self.kiosk().staff().get_untracked()
    }

    fn signs_in(&self, email: &str, password: &str) {
        self.kiosk().sign_staff_in(email.to_owned(), password.to_owned());
        self.pass(0);
    }

    /// What they are told.
    fn refusal(&self) -> Option<String> {
        self.kiosk().staff_trouble().get_untracked().map(|worded| worded.what)
    }

    fn enters_panel(&self) {
        self.kiosk().call_staff();
        self.signs_in("staff", "right");
        assert_eq!(self.staff(), Staff::Panel);
    }

    /// What the last call showed the server.
    fn last_token(&self) -> Option<String> {
        self.fake.sent().last().unwrap().bearer.clone()
    }
}

#[test]
fn they_sign_in_beside_the_kiosk_whose_token_stays_what_it_is() {
    let stage = Stage::new();
    stage.enters_panel();
    assert_eq!(stage.last_token().as_deref(), Some("staff"), "whose it is was asked with theirs");
    // Nobody else begins meanwhile.
    stage.kiosk().start();
    assert_eq!((stage.screen(), stage.phase()), (Screen::Attract, Phase::Away));
    stage.kiosk().staff_away();
    stage.begins(0);
    assert_eq!(stage.last_token().as_deref(), Some("T1"));
    // In the middle of a journey nobody calls them.
    stage.kiosk().call_staff();
    assert_eq!(stage.staff(), Staff::Away);
}

#[test]
fn after_a_minute_without_a_touch_they_are_away_wherever_they_were() {
    let stage = Stage::new();
    let almost = u64::from(PATIENCE) - 2;
    for is_in in [false, true] {
        if is_in {
            stage.enters_panel()
        } else {
            stage.kiosk().call_staff()
        }
        for _ in 0..3 {
            stage.seconds(almost);
            stage.kiosk().heard();
        }
        assert_ne!(stage.staff(), Staff::Away);
        stage.seconds(almost + 3);
        assert_eq!(stage.staff(), Staff::Away);
    }
    // One who has gone while it was asked who they are is not let in afterwards.
    stage.server.late.set(None);
    stage.kiosk().call_staff();
    stage.kiosk().sign_staff_in("staff".to_owned(), "right".to_owned());
    stage.kiosk().staff_away();
    stage.seconds(5);
    assert_eq!((stage.staff(), stage.kiosk().staff_busy().get_untracked()), (Staff::Away, false));
}

#[test]
fn whoever_is_mistaken_is_told_and_after_some_tries_waits() {
    let stage = Stage::new();
    stage.kiosk().call_staff();
    stage.signs_in("staff", "wrong");
    assert!(stage.refusal().unwrap().contains("do not match an account"));
    stage.signs_in("stranger", "right");
    assert_eq!(stage.refusal().as_deref(), Some("This account belongs to another organization."));
    assert_eq!((stage.staff(), stage.kiosk().staff_wait().get_untracked()), (Staff::SignIn, 0));
    stage.signs_in("staff", "wrong");
    assert_eq!(stage.kiosk().staff_wait().get_untracked(), 30);
    // Going and coming back makes it no shorter.
    stage.kiosk().staff_away();
    stage.kiosk().call_staff();
    let asked = stage.fake.sent().len();
    stage.signs_in("staff", "right");
    assert_eq!((stage.staff(), stage.fake.sent().len()), (Staff::SignIn, asked), "it is not even asked");
    stage.seconds(31);
    stage.kiosk().heard();
    stage.signs_in("staff", "wrong");
    assert_eq!(stage.kiosk().staff_wait().get_untracked(), 60, "longer each time");
    stage.seconds(20);
    stage.kiosk().heard();
    stage.seconds(41);
    stage.signs_in("staff", "right");
    assert_eq!(stage.staff(), Staff::Panel);
    // Then it is forgiven.
    stage.kiosk().staff_away();
    stage.kiosk().call_staff();
    stage.signs_in("staff", "wrong");
    assert_eq!(stage.kiosk().staff_wait().get_untracked(), 0);
}

#[test]
fn a_server_that_cannot_be_reached_is_nobodys_mistake() {
    let stage = Stage::new();
    stage.kiosk().call_staff();
    stage.server.is_away.set(true);
    for _ in 0..5 {
        stage.signs_in("staff", "right");
        assert_eq!(stage.kiosk().staff_wait().get_untracked(), 0);
    }
    assert_eq!(stage.refusal().as_deref(), Some("The card server cannot be reached."));
    stage.server.is_away.set(false);
    stage.signs_in("staff", "right");
    assert_eq!(stage.staff(), Staff::Panel);
}

#[test]
fn leaving_kiosk_mode_takes_signing_in_and_lasts_until_it_begins_again() {
    let stage = Stage::new();
    stage.kiosk().leave_kiosk();
    assert_eq!((stage.staff(), stage.hall.went.get()), (Staff::Away, 0));
    stage.enters_panel();
    stage.kiosk().leave_kiosk();
    assert_eq!((stage.staff(), stage.hall.went.get()), (Staff::Left, 1));
    stage.seconds(600);
    assert_eq!(stage.staff(), Staff::Left, "nobody has to hurry");
    stage.kiosk().start();
    assert_eq!(stage.phase(), Phase::Away, "nobody makes a card meanwhile");
    stage.kiosk().begin_kiosk();
    stage.begins(0);
}

#[test]
fn the_camera_of_this_device_is_kept_and_nothing_else() {
    let stage = Stage::new();
    let camera = ("id-2".to_owned(), "Front, HD".to_owned());
    stage.enters_panel();
    stage.kiosk().use_camera(Some(camera.clone()));
    stage.kiosk().staff_away();
    stage.begins(0);
    let _traces = stage.enters("Ana");
    stage.kiosk().leave();
    stage.seconds(1);
    assert_eq!(*stage.hall.camera.borrow(), Some(camera.clone()));
    let kept: Vec<String> = stage.shelf.0.borrow().values().cloned().collect();
    assert_eq!(kept, ["id-2\nFront, HD"]);
    // After a restart.
    stage.kiosk().camera().set(None);
    stage.kiosk().connect(stage.hall.clone(), stage.shelf.clone());
    assert_eq!(stage.kiosk().camera().get_untracked(), Some(camera));
    stage.kiosk().use_camera(None);
    assert!(stage.shelf.0.borrow().is_empty());
    assert_eq!(*stage.hall.camera.borrow(), None);
}
