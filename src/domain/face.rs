//! Faces: where an ID photo has them, and what to say to whoever stands before the camera.

use vision::Face;

use super::crop::{Crop, Ratio};

/// Where an ID photo has what, in sides of the face's square: it reaches from the brow to the chin, a whole head is 1.35
/// of it high, and two thirds of the photo.
const PHOTO_HEIGHT: f64 = 2.1;

/// The eyes' line, from the top of the square.
const EYES_IN_FACE: f64 = 0.38;

/// The eyes' line, from the top of the photo, as a part of its height.
const EYES_IN_PHOTO: f64 = 0.42;

/// The part of the picture that makes an ID photo of `face`. It may reach beyond the picture.
pub fn portrait(face: &Face, ratio: Option<Ratio>) -> Crop {
    let height = face.side * PHOTO_HEIGHT;
    let width = height * ratio.map_or(0.75, Ratio::aspect);
    Crop {
        x: face.x + (face.side - width) / 2.0,
        y: face.y + face.side * EYES_IN_FACE - height * EYES_IN_PHOTO,
        width,
        height,
    }
}

/// What somebody before a camera can do for a better photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// There is more than one person.
    OnePerson,
    /// The head is small.
    Closer,
    /// The head is too large for the photo.
    Back,
    /// The head is beside the middle, too high or too low.
    Centre,
    /// Nothing: this is how it should be.
    Good,
}

/// What to say to whoever is seen in a camera's picture of this size; nothing when no face is.
pub fn hint(faces: &[Face], (width, height): (usize, usize)) -> Option<Hint> {
    let (face, others) = faces.split_first()?;
    // Somebody far behind is not on the photo.
    if others.iter().any(|other| other.side > face.side / 2.0) {
        return Some(Hint::OnePerson);
    }
    let (width, height) = (width as f64, height as f64);
    // 1 is as on an ID photo.
    let size = face.side * PHOTO_HEIGHT / height;
    let aside = (face.x + face.side / 2.0) / width - 0.5;
    let below = (face.y + face.side * EYES_IN_FACE) / height - EYES_IN_PHOTO;
    Some(if size < 0.65 {
        Hint::Closer
    } else if size > 1.35 {
        Hint::Back
    } else if aside.abs() > 0.14 || below.abs() > 0.16 {
        Hint::Centre
    } else {
        Hint::Good
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const PORTRAIT: Option<Ratio> = Some(Ratio { width: 3, height: 4 });

    fn face(x: f64, y: f64, side: f64) -> Face {
        Face { x, y, side, votes: 10 }
    }

    #[test]
    fn the_portrait_is_that_of_an_id_photo() {
        let crop = portrait(&face(400.0, 300.0, 200.0), PORTRAIT);
        assert_eq!((crop.width, crop.height), (315.0, 420.0));
        assert_eq!(crop.x + crop.width / 2.0, 500.0);
        // The eyes.
        assert!((crop.y + 0.42 * crop.height - 376.0).abs() < 1e-9);
    }

    #[test]
    fn hints_lead_to_a_good_photo() {
        let size = (240, 320);
        let of = |faces: &[Face]| hint(faces, size);
        let good = face(48.0, 82.0, 144.0);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[good]), Some(Hint::Good));
        assert_eq!(of(&[face(90.0, 110.0, 60.0)]), Some(Hint::Closer));
        assert_eq!(of(&[face(10.0, 50.0, 220.0)]), Some(Hint::Back));
        assert_eq!(of(&[face(0.0, 82.0, 144.0)]), Some(Hint::Centre));
        assert_eq!(of(&[face(48.0, 0.0, 144.0)]), Some(Hint::Centre));
        assert_eq!(of(&[good, face(0.0, 0.0, 80.0)]), Some(Hint::OnePerson));
        assert_eq!(of(&[good, face(0.0, 0.0, 50.0)]), Some(Hint::Good), "somebody at the back of the room");
    }
}
