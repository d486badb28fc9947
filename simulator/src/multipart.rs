//! Forms as they go over a wire.

/// A form's parts.
pub(crate) type Parts = Vec<(String, String)>;

/// Writes a form; its content type, and its body. Another `number` is another boundary, as each form of a browser has its own.
pub(crate) fn write<N: AsRef<str>>(parts: &[(N, String)], number: usize) -> (String, String) {
    let boundary = format!("----walk{number:016}");
    let mut body = String::new();
    for (name, value) in parts {
        for piece in ["--", &boundary, "\r\nContent-Disposition: form-data; name=\"", name.as_ref()] {
            body.push_str(piece);
        }
        for piece in ["\"\r\n\r\n", value, "\r\n"] {
            body.push_str(piece);
        }
    }
    for piece in ["--", &boundary, "--\r\n"] {
        body.push_str(piece);
    }
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// Reads one whose parts are texts. None where it is no form.
pub(crate) fn read(content_type: &str, body: &str) -> Option<Parts> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    let delimiter = ["--", boundary].concat();
    let mut parts = Parts::new();
    let mut rest = body.strip_prefix(&delimiter)?;
    while let Some(part) = rest.strip_prefix("\r\n") {
        let (head, part) = part.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once("name=\"")?;
        let (name, _) = name.split_once('"')?;
        let (value, after) = part.split_once(&["\r\n", &delimiter].concat())?;
        parts.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    rest.starts_with("--").then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for parts in [vec![], vec![("card[data]", "[\r\n--x]".to_owned()), ("card_id", String::new())]] {
            let (kind, body) = write(&parts, 7);
            let read = read(&kind, &body).unwrap_or_default();
            let same: Parts = parts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            assert_eq!(read, same);
        }
        assert_eq!(read("application/json", "{}"), None);
    }
}
