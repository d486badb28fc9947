//! A picture while it is edited: every step can be taken back, all of it cancelled, and the frame goes along.

use super::{Edit, MAX_TILT, MAX_TONE};
use crate::domain::crop::{Bounds, Crop, Ratio};

/// How many steps can be taken back.
const MAX_STEPS: usize = 100;

/// What goes on while it goes on: a run of it is one step to take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Frame,
    Zoom,
    Tilt,
    Brightness,
    Contrast,
}

/// A picture in the editor: its edit, the part that is kept, and how it came to that.
#[derive(Clone, Debug)]
pub struct Editing {
    picture: (u32, u32),
    ratio: Option<Ratio>,
    start: (Edit, Crop),
    now: (Edit, Crop),
    /// As the photo was used last.
    used: Option<(Edit, Crop)>,
    past: Vec<(Edit, Crop)>,
    run: Option<Run>,
}

impl Editing {
    /// Begins with a picture of this size as it came, and the largest part of it that has the field's ratio.
    pub fn new(picture: (u32, u32), ratio: Option<Ratio>) -> Editing {
        let start = (Edit::default(), Crop::centred(picture.0, picture.1, ratio));
        Editing { picture, ratio, start, now: start, used: None, past: Vec::new(), run: None }
    }

    /// The edit as it stands.
    pub fn edit(&self) -> Edit {
        self.now.0
    }

    /// The part that is kept, in pixels of the edited picture.
    pub fn crop(&self) -> Crop {
        self.now.1
    }

    /// The size of the edited picture.
    pub fn size(&self) -> (u32, u32) {
        self.now.0.size_of(self.picture)
    }

    /// What the frame must stay within.
    pub fn bounds(&self) -> Bounds {
        self.bounds_of(self.now.0)
    }

    fn bounds_of(&self, edit: Edit) -> Bounds {
        let (width, height) = edit.size_of(self.picture);
        Bounds::new(width, height, self.ratio)
    }

    /// Puts the frame where the editing is to begin, as long as nothing has been done.
    pub fn begin_at(&mut self, crop: Crop) {
        if !self.is_changed() && self.past.is_empty() {
            self.now.1 = self.bounds().fitted(crop);
            self.start = self.now;
        }
    }

    /// Moves the frame; one that is not within the picture is brought there.
    pub fn frame(&mut self, crop: Crop) {
        let bounds = self.bounds();
        let crop = if bounds.holds(crop) { crop } else { bounds.fitted(crop) };
        if crop != self.now.1 {
            self.step(Some(Run::Frame));
            self.now.1 = crop;
        }
    }

    /// Zooms in: 0 for the largest frame, 1 for the smallest.
    pub fn zoom(&mut self, zoom: f64) {
        self.step(Some(Run::Zoom));
        self.now.1 = self.bounds().zoomed(self.now.1, zoom);
    }

    /// The photo was used as it was with this edit and frame.
    pub fn use_as(&mut self, edit: Edit, crop: Crop) {
        self.used = Some((edit, crop));
    }

    /// Whether the photo was used at all.
    pub fn was_used(&self) -> bool {
        self.used.is_some()
    }

    /// As the photo was used last, or as it was at first; there is nothing to take back.
    pub fn cancel(&mut self) {
        self.now = self.used.unwrap_or(self.start);
        self.past.clear();
        self.run = None;
    }

    /// Ends a run, where what follows is a step of its own: a finger was lifted.
    pub fn pause(&mut self) {
        self.run = None;
    }

    /// A quarter turn.
    pub fn turn(&mut self, clockwise: bool) {
        self.step(None);
        let mut edit = self.now.0;
        edit.turns = (edit.turns + if clockwise { 1 } else { 3 }) % 4;
        self.carry(self.now, edit);
    }

    /// Exchanges left and right of what one sees.
    pub fn mirror(&mut self) {
        self.step(None);
        let mut edit = self.now.0;
        // Mirrored after a turn is turned the other way after a mirror.
        edit.mirrored = !edit.mirrored;
        edit.turns = (4 - edit.turns) % 4;
        edit.tilt = -edit.tilt;
        self.carry(self.now, edit);
    }

    /// Tilts to so many degrees clockwise.
    pub fn tilt(&mut self, degrees: i32) {
        self.step(Some(Run::Tilt));
        let edit = Edit { tilt: degrees.clamp(-MAX_TILT, MAX_TILT), ..self.now.0 };
        // From where the run began, so that tilting there and back leaves the frame where it was.
        self.carry(self.past.last().copied().unwrap_or(self.now), edit);
    }

    /// Makes it lighter by so many percent.
    pub fn brighten(&mut self, percent: i32) {
        self.step(Some(Run::Brightness));
        self.now.0.brightness = percent.clamp(-MAX_TONE, MAX_TONE);
    }

    /// Gives it so many percent more contrast.
    pub fn set_contrast(&mut self, percent: i32) {
        self.step(Some(Run::Contrast));
        self.now.0.contrast = percent.clamp(-MAX_TONE, MAX_TONE);
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        self.run = None;
        if let Some(before) = self.past.pop() {
            self.now = before;
        }
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// As it was at first. A step like any other: it can be taken back.
    pub fn reset(&mut self) {
        if self.is_changed() {
            self.step(None);
            self.now = self.start;
        }
    }

    /// Whether it is not as it was at first.
    pub fn is_changed(&self) -> bool {
        self.now != self.start
    }

    fn step(&mut self, run: Option<Run>) {
        if run.is_some() && self.run == run {
            return;
        }
        self.run = run;
        if self.past.len() == MAX_STEPS {
            self.past.remove(0);
        }
        self.past.push(self.now);
    }

    /// Goes over to `edit`: the frame as large as it was among those that fit, around the same spot of the picture.
    fn carry(&mut self, (before, crop): (Edit, Crop), edit: Edit) {
        let (from, to) = (before.size_of(self.picture), edit.size_of(self.picture));
        let half = |(width, height): (u32, u32)| (f64::from(width) / 2.0, f64::from(height) / 2.0);
        let (old, new) = (half(from), half(to));
        let spot = (crop.x + crop.width / 2.0 - old.0, crop.y + crop.height / 2.0 - old.1);
        let spot = edit.forth(before.back(spot));
        let (across, down) = (crop.width / (old.0 * 2.0), crop.height / (old.1 * 2.0));
        let is_turned = (before.turns + edit.turns) % 2 == 1;
        let shares = if is_turned { (down, across) } else { (across, down) };
        self.now = (edit, self.bounds_of(edit).placed(shares, (spot.0 + new.0, spot.1 + new.1)));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PORTRAIT: Option<Ratio> = Some(Ratio { width: 3, height: 4 });

    #[derive(Clone, Debug)]
    enum Deed {
        Frame(f64, f64, f64),
        Stray(f64, f64, f64, f64),
        Zoom(f64),
        Cancel,
        Pause,
        Turn(bool),
        Mirror,
        Tilt(i32),
        Brighten(i32),
        Contrast(i32),
        Undo,
        Reset,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            (-900.0..900.0, -900.0..900.0, 0.0..2.0).prop_map(|(x, y, scale)| Deed::Frame(x, y, scale)),
            (-900.0..9000.0, -900.0..9000.0, 0.0..9000.0, 0.0..9000.0)
                .prop_map(|(x, y, width, height)| Deed::Stray(x, y, width, height)),
            (-1.0..2.0).prop_map(Deed::Zoom),
            Just(Deed::Pause),
            any::<bool>().prop_map(Deed::Turn),
            Just(Deed::Mirror),
            (-50..=50).prop_map(Deed::Tilt),
            any::<i32>().prop_map(Deed::Tilt),
            (-60..=60).prop_map(Deed::Brighten),
            (-60..=60).prop_map(Deed::Contrast),
            Just(Deed::Undo),
            Just(Deed::Cancel),
            Just(Deed::Reset),
        ]
    }

    fn perform(editing: &mut Editing, deed: &Deed) {
        let bounds = editing.bounds();
        match *deed {
            Deed::Frame(dx, dy, scale) => editing.frame(bounds.moved(bounds.scaled(editing.crop(), scale), dx, dy)),
            Deed::Stray(x, y, width, height) => editing.frame(Crop { x, y, width, height }),
            Deed::Zoom(zoom) => editing.zoom(zoom),
            Deed::Cancel => editing.cancel(),
            Deed::Pause => editing.pause(),
            Deed::Turn(clockwise) => editing.turn(clockwise),
            Deed::Mirror => editing.mirror(),
            Deed::Tilt(degrees) => editing.tilt(degrees),
            Deed::Brighten(percent) => editing.brighten(percent),
            Deed::Contrast(percent) => editing.set_contrast(percent),
            Deed::Undo => editing.undo(),
            Deed::Reset => editing.reset(),
        }
    }

    /// The corners and the middle of what is kept, in pixels of the picture as it came.
    fn kept(editing: &Editing) -> Vec<(f64, f64)> {
        let (crop, (width, height)) = (editing.crop(), editing.size());
        let half = (f64::from(editing.picture.0) / 2.0, f64::from(editing.picture.1) / 2.0);
        [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5)]
            .map(|(right, down)| {
                let x = crop.x + crop.width * right - f64::from(width) / 2.0;
                let y = crop.y + crop.height * down - f64::from(height) / 2.0;
                let (x, y) = editing.edit().back((x, y));
                (x + half.0, y + half.1)
            })
            .to_vec()
    }

    fn editing() -> impl Strategy<Value = Editing> {
        let ratio = prop_oneof![
            Just(None),
            Just(PORTRAIT),
            (1..3000u32, 1..3000u32).prop_map(|(width, height)| Some(Ratio { width, height })),
        ];
        // Not a thread, of which a tilt leaves less than the one pixel that there always is.
        (64..6000u32, 64..6000u32, ratio).prop_filter_map("a thread", |(width, height, ratio)| {
            (width.max(height) < 20 * width.min(height)).then(|| Editing::new((width, height), ratio))
        })
    }

    proptest! {
        #[test]
        fn no_corner_of_the_ground_is_kept(mut editing in editing(), deeds in prop::collection::vec(deed(), 0..40)) {
            for deed in deeds {
                perform(&mut editing, &deed);
                for (x, y) in kept(&editing) {
                    prop_assert!(x > -1e-6 && x < f64::from(editing.picture.0) + 1e-6, "{x} after {deed:?}: {editing:?}");
                    prop_assert!(y > -1e-6 && y < f64::from(editing.picture.1) + 1e-6, "{y} after {deed:?}: {editing:?}");
                }
                if let Some(ratio) = editing.ratio {
                    let crop = editing.crop();
                    prop_assert!((crop.width / crop.height / ratio.aspect() - 1.0).abs() < 1e-6, "{crop:?}");
                }
                prop_assert!(editing.past.len() <= MAX_STEPS);
            }
        }

        #[test]
        fn every_step_can_be_taken_back(mut editing in editing(), deeds in prop::collection::vec(deed(), 0..40)) {
            let start = editing.now;
            for deed in &deeds {
                perform(&mut editing, deed);
            }
            for _ in 0..deeds.len() {
                editing.undo();
            }
            prop_assert!(!editing.can_undo());
            prop_assert_eq!(editing.now, start);
            prop_assert!(!editing.is_changed());
        }

        #[test]
        fn what_is_in_the_middle_stays_there(mut editing in editing(), deeds in prop::collection::vec(deed(), 1..20)) {
            // Until the frame is moved: turned or mirrored, it is the same spot that is kept.
            let middle = kept(&editing)[4];
            for deed in deeds {
                if matches!(deed, Deed::Frame(..) | Deed::Stray(..)) {
                    continue;
                }
                perform(&mut editing, &deed);
                let (x, y) = kept(&editing)[4];
                prop_assert!((x - middle.0).abs() < 1e-6 && (y - middle.1).abs() < 1e-6, "{deed:?}: {editing:?}");
            }
        }
    }

    fn small_frame() -> Editing {
        let mut editing = Editing::new((800, 600), PORTRAIT);
        let bounds = editing.bounds();
        editing.frame(bounds.moved(bounds.zoomed(editing.crop(), 0.8), 60.0, 40.0));
        editing
    }

    fn near(a: Crop, b: Crop) -> bool {
        [(a.x, b.x), (a.y, b.y), (a.width, b.width), (a.height, b.height)].iter().all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn four_turns_are_none_and_a_mirror_undoes_itself() {
        let mut editing = small_frame();
        editing.tilt(7);
        let before = editing.now;
        for _ in 0..4 {
            editing.turn(true);
        }
        assert_eq!(editing.edit(), before.0);
        assert!(near(editing.crop(), before.1));
        editing.turn(true);
        editing.mirror();
        assert_eq!((editing.edit().turns, editing.edit().tilt), (3, -7));
        editing.mirror();
        editing.turn(false);
        assert_eq!(editing.edit(), before.0);
        assert!(near(editing.crop(), before.1), "{:?} {:?}", editing.crop(), before.1);
    }

    #[test]
    fn tilting_there_and_back_changes_nothing_and_is_one_step() {
        let mut editing = small_frame();
        let before = editing.now;
        for degrees in [5, 20, 45, -45, -3, 0] {
            editing.tilt(degrees);
        }
        assert_eq!(editing.edit(), before.0);
        assert!(near(editing.crop(), before.1));
        editing.tilt(9);
        editing.undo();
        assert_eq!(editing.now, before);
        editing.undo();
        assert!(!editing.can_undo());
    }

    #[test]
    fn a_quarter_turn_takes_the_frame_along() {
        let mut editing = Editing::new((800, 600), Some(Ratio { width: 1, height: 1 }));
        editing.frame(Crop { x: 0.0, y: 0.0, width: 200.0, height: 200.0 });
        editing.turn(true);
        assert_eq!(editing.size(), (600, 800));
        // What was in the upper left corner is in the upper right one.
        assert!(near(editing.crop(), Crop { x: 400.0, y: 0.0, width: 200.0, height: 200.0 }), "{:?}", editing.crop());
        editing.mirror();
        assert!(near(editing.crop(), Crop { x: 0.0, y: 0.0, width: 200.0, height: 200.0 }), "{:?}", editing.crop());
    }

    #[test]
    fn the_first_frame_may_be_placed_until_a_hand_moves_it() {
        let mut editing = Editing::new((800, 600), PORTRAIT);
        let face = Crop { x: 100.0, y: 100.0, width: 150.0, height: 200.0 };
        editing.begin_at(face);
        assert_eq!(editing.crop(), face);
        assert!(!editing.is_changed() && !editing.can_undo());
        editing.mirror();
        editing.begin_at(Crop { x: 0.0, ..face });
        editing.reset();
        assert_eq!(editing.now, (Edit::default(), face));
        editing.undo();
        assert!(editing.edit().is_mirrored());
    }

    #[test]
    fn a_frame_from_before_a_turn_is_brought_into_the_picture() {
        let mut editing = Editing::new((800, 600), PORTRAIT);
        editing.turn(true);
        let large = editing.crop();
        editing.undo();
        editing.frame(Crop { y: 200.0, ..large });
        assert!(editing.bounds().holds(editing.crop()), "{:?}", editing.crop());
        editing.frame(Crop { x: f64::NAN, ..editing.crop() });
        assert!(editing.bounds().holds(editing.crop()), "{:?}", editing.crop());
    }

    #[test]
    fn cancelling_goes_back_to_what_was_used() {
        let mut editing = Editing::new((800, 600), PORTRAIT);
        let first = editing.now;
        editing.turn(true);
        editing.cancel();
        assert_eq!(editing.now, first);
        editing.mirror();
        assert!(!editing.was_used());
        editing.use_as(editing.edit(), editing.crop());
        assert!(editing.was_used());
        let used = editing.now;
        editing.tilt(12);
        editing.cancel();
        assert_eq!(editing.now, used);
        assert!(!editing.can_undo());
    }

    #[test]
    fn a_run_of_one_kind_is_one_step_until_the_finger_is_lifted() {
        let mut editing = Editing::new((800, 600), PORTRAIT);
        for x in [10.0, 20.0, 30.0] {
            editing.frame(Crop { x, ..editing.crop() });
        }
        editing.pause();
        editing.frame(Crop { x: 40.0, ..editing.crop() });
        editing.frame(editing.crop());
        editing.brighten(3);
        editing.brighten(400);
        editing.set_contrast(-400);
        assert_eq!((editing.edit().brightness, editing.edit().contrast), (MAX_TONE, -MAX_TONE));
        assert_eq!(editing.past.len(), 4);
        editing.undo();
        editing.undo();
        editing.undo();
        assert_eq!(editing.crop().x, 30.0);
    }
}
