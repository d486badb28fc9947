//! What the keys of the keyboard on a kiosk's screen are called.

messages! {
    /// The keyboard on the screen.
    pub(crate) struct Keyboard {
        text group: "Keyboard", "Teclado";
        text shift: "Capital letter", "Mayúscula";
        text locked: "Capital letters only", "Solo mayúsculas";
        text back: "Delete the last letter", "Borrar la última letra";
        text signs: "123: digits and signs", "123: cifras y signos";
        text letters: "ABC: letters", "ABC: letras";
        text accents: "áñ: letters with accents", "áñ: letras con acento";
        with relatives(letter): "Letters with accents for {letter} are in the first row.",
            "Las letras con acento de {letter} están en la primera fila.";
        text next: "Next field", "Campo siguiente";
        text done: "Done", "Listo";
        text hide: "Hide keyboard", "Ocultar el teclado";

        text space: "Space", "Espacio";
        text at: "At sign", "Arroba";
        text full_stop: "Full stop", "Punto";
        text hyphen: "Hyphen", "Guion";
        text apostrophe: "Apostrophe", "Apóstrofo";
        text slash: "Slash", "Barra";
        text number_sign: "Number sign", "Almohadilla";
        text ampersand: "Ampersand", "Y comercial";
        text comma: "Comma", "Coma";
        text plus: "Plus", "Más";
        text underscore: "Underscore", "Guion bajo";
        text exclamation: "Exclamation mark", "Signo de exclamación";
        text question: "Question mark", "Signo de interrogación";
        text open_parenthesis: "Opening parenthesis", "Abrir paréntesis";
        text close_parenthesis: "Closing parenthesis", "Cerrar paréntesis";
        text colon: "Colon", "Dos puntos";
        text semicolon: "Semicolon", "Punto y coma";
        text quote: "Quotation mark", "Comillas";
        text asterisk: "Asterisk", "Asterisco";
        text equals: "Equals sign", "Igual";
        text percent: "Percent sign", "Por ciento";
        text dollar: "Dollar sign", "Dólar";
        text open_bracket: "Opening bracket", "Abrir corchete";
        text close_bracket: "Closing bracket", "Cerrar corchete";
        text open_brace: "Opening brace", "Abrir llave";
        text close_brace: "Closing brace", "Cerrar llave";
        text less: "Less-than sign", "Menor que";
        text greater: "Greater-than sign", "Mayor que";
        text backslash: "Backslash", "Barra invertida";
        text bar: "Vertical bar", "Barra vertical";
        text tilde: "Tilde", "Virgulilla";
        text caret: "Caret", "Acento circunflejo";
        text backtick: "Backtick", "Acento grave";
    }
}

impl Keyboard {
    /// What a sign is called, for whoever hears it: many screen readers pass over a sign that stands alone.
    pub(crate) fn name(&self, sign: char) -> Option<&'static str> {
        Some(match sign {
            ' ' => self.space,
            '@' => self.at,
            '.' => self.full_stop,
            '-' => self.hyphen,
            '\'' => self.apostrophe,
            '/' => self.slash,
            '#' => self.number_sign,
            '&' => self.ampersand,
            ',' => self.comma,
            '+' => self.plus,
            '_' => self.underscore,
            '!' => self.exclamation,
            '?' => self.question,
            '(' => self.open_parenthesis,
            ')' => self.close_parenthesis,
            ':' => self.colon,
            ';' => self.semicolon,
            '"' => self.quote,
            '*' => self.asterisk,
            '=' => self.equals,
            '%' => self.percent,
            '$' => self.dollar,
            '[' => self.open_bracket,
            ']' => self.close_bracket,
            '{' => self.open_brace,
            '}' => self.close_brace,
            '<' => self.less,
            '>' => self.greater,
            '\\' => self.backslash,
            '|' => self.bar,
            '~' => self.tilde,
            '^' => self.caret,
            '`' => self.backtick,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Keyboard;

    #[test]
    fn every_sign_of_ascii_has_a_name() {
        for sign in (' '..='~').filter(|sign| !sign.is_ascii_alphanumeric()) {
            assert!(Keyboard::EN.name(sign).is_some() && Keyboard::ES.name(sign).is_some(), "{sign}");
        }
    }
}
