//! Which error of a photo gets which words.

use crate::i18n::photo::Photo;
use crate::media::photo::PhotoError;

/// What happened, and what to do about it.
pub(super) fn explain(words: &Photo, error: PhotoError) -> String {
    let text = match error {
        PhotoError::Unsupported(format) => return words.unsupported(format.name()),
        PhotoError::Empty => words.empty,
        PhotoError::Unreadable => words.unreadable,
        PhotoError::NotAnImage => words.not_an_image,
        PhotoError::Truncated => words.truncated,
        PhotoError::Damaged => words.damaged,
        PhotoError::FileTooLarge => words.file_too_large,
        PhotoError::TooManyPixels => words.too_many_pixels,
        PhotoError::NotEncoded => words.not_encoded,
        PhotoError::Scrambled => words.scrambled,
    };
    text.to_owned()
}
