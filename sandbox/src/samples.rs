//! The pictures on the sample cards.

use crate::picture::Picture;
use crate::render::portraits;
use crate::seed::Samples;
use std::sync::{Arc, LazyLock};

/// Drawn once, since drawing takes longer than all else at the start.
pub(crate) static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let picture = |png: Vec<u8>| Arc::new(Picture::from_bytes(&png));
    let faces = (0..portraits::FACES).map(|face| picture(portraits::face(face)));
    Samples { faces: faces.collect(), signature: picture(portraits::signature()) }
});
