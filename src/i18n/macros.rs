//! How a file of messages is written down.

use super::direction::push_isolated;

/// Declares a struct of messages with its English and Spanish values, in that order.
///
/// ```ignore
/// messages! {
///     /// The sign-in screen.
///     pub(crate) struct SignIn {
///         text title: "Sign in", "Iniciar sesión";
///         with expired(minutes): "Expired {minutes} minutes ago", "Caducó hace {minutes} minutos";
///     }
/// }
/// ```
///
/// `text` is a field; `with` is a method that takes one `&str` per named place.
macro_rules! messages {
    ($(#[$doc:meta])* pub(crate) struct $name:ident { $($body:tt)* }) => {
        messages!(@sort $(#[$doc])* $name [] [] $($body)*);
    };
    (@sort $(#[$doc:meta])* $name:ident [$($text:tt)*] [$($with:tt)*]
        text $key:ident : $en:literal, $es:literal; $($rest:tt)*) => {
        messages!(@sort $(#[$doc])* $name [$($text)* ($key $en $es)] [$($with)*] $($rest)*);
    };
    (@sort $(#[$doc:meta])* $name:ident [$($text:tt)*] [$($with:tt)*]
        with $key:ident($($arg:ident),+) : $en:literal, $es:literal; $($rest:tt)*) => {
        messages!(@sort $(#[$doc])* $name [$($text)*] [$($with)* ($key ($($arg)+) $en $es)] $($rest)*);
    };
    (@sort $(#[$doc:meta])* $name:ident
        [$(($text:ident $text_en:literal $text_es:literal))*]
        [$(($with:ident ($($arg:ident)+) $with_en:literal $with_es:literal))*]) => {
        $(#[$doc])*
        #[repr(C)]
        pub(crate) struct $name {
            $(pub(crate) $text: &'static str,)*
            $($with: &'static str,)*
        }

        impl $name {
            pub(crate) const EN: Self = Self { $($text: $text_en,)* $($with: $with_en,)* };
            pub(crate) const ES: Self = Self { $($text: $text_es,)* $($with: $with_es,)* };

            $(pub(crate) fn $with(&self, $($arg: &str),+) -> String {
                $crate::i18n::macros::fill(self.$with, &[$((stringify!($arg), $arg)),+])
            })*

            /// The names of the messages, one after the other as they stand in the struct, each with those of its places.
            pub(crate) const KEYS: &'static str =
                concat!($(stringify!($text), ";",)* $(stringify!($with), $(" ", stringify!($arg),)+ ";",)*);

            /// The messages one after the other, in the order of [`Self::KEYS`].
            #[allow(unsafe_code, reason = "the struct is made of nothing but texts, and laid out as it is written down")]
            pub(crate) const fn texts(&'static self) -> &'static [&'static str] {
                // SAFETY: with `repr(C)`, fields that are all of one type lie one after the other, as in an array.
                unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).cast(), Self::COUNT) }
            }

            /// The struct of what [`Self::texts`] gives, or of other texts that are as many.
            #[allow(unsafe_code, reason = "the struct is made of nothing but texts, and laid out as it is written down")]
            pub(crate) fn of(texts: &'static [&'static str]) -> &'static Self {
                debug_assert_eq!(texts.len(), Self::COUNT);
                // SAFETY: as above. There are as many texts as fields: `Messages::section` has no others.
                unsafe { &*texts.as_ptr().cast() }
            }

            const COUNT: usize = size_of::<Self>() / size_of::<&'static str>();
        }
    };
}

/// `text` with each `{name}` replaced by its value, which turns around nothing but itself.
///
/// A value is never searched for places, so what a person typed cannot change the sentence around it.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after
            .split_once('}')
            .and_then(|(name, tail)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, tail)))
        {
            Some((value, tail)) => {
                push_isolated(&mut out, value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_takes_its_place() {
        assert_eq!(fill("{a} of {b}", &[("a", "3"), ("b", "9")]), "3 of 9");
    }

    #[test]
    fn a_value_is_not_read_as_a_place() {
        assert_eq!(fill("{a}, {b}", &[("a", "{b}"), ("b", "x")]), "{b}, x");
    }

    #[test]
    fn an_unknown_place_stays() {
        assert_eq!(fill("{c} {", &[("a", "3")]), "{c} {");
    }
}
