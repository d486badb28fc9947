//! `multipart/form-data`, read and written: the vendor's forms.

use crate::answer::Refusal;
use crate::tokens;
use bytes::Bytes;

/// A form's parts, in their order.
pub(crate) type Parts = Vec<(String, String)>;

/// More parts than any operation has.
const MOST: usize = 64;

/// Reads a form; texts only, since photos come as Base64.
pub(crate) async fn read(content_type: Option<&str>, body: Bytes) -> Result<Parts, Refusal> {
    if body.is_empty() {
        return Ok(Parts::new());
    }
    let wrong = || Refusal::bad_request("body", "The body must be multipart/form-data");
    let boundary = multer::parse_boundary(content_type.unwrap_or_default()).map_err(|_| wrong())?;
    let stream = futures_util::stream::once(std::future::ready(Ok::<_, std::convert::Infallible>(body)));
    let mut multipart = multer::Multipart::new(stream, boundary);
    let mut parts = Parts::new();
    while let Some(part) = multipart.next_field().await.map_err(|_| wrong())? {
        let name = part.name().ok_or_else(wrong)?.to_owned();
        let bytes = part.bytes().await.map_err(|_| wrong())?;
        let value = String::from_utf8(bytes.to_vec()).map_err(|_| wrong())?;
        parts.push((name, value));
        if parts.len() > MOST {
            return Err(wrong());
        }
    }
    Ok(parts)
}

/// Takes the one part of this name out; two of a name are none, since nobody knows which one counts.
pub(crate) fn take(parts: &mut Parts, name: &str) -> Result<Option<String>, Refusal> {
    let Some(place) = parts.iter().position(|(known, _)| known == name) else { return Ok(None) };
    let (_, value) = parts.remove(place);
    if parts.iter().any(|(known, _)| known == name) {
        return Err(Refusal::bad_request("parameters", format!("Parameter '{name}' was sent twice")));
    }
    Ok(Some(value))
}

/// The same; it must be there.
pub(crate) fn demand(parts: &mut Parts, name: &str) -> Result<String, Refusal> {
    let missing = || Refusal::bad_request("parameters", format!("Missing parameter '{name}'"));
    take(parts, name)?.filter(|value| !value.is_empty()).ok_or_else(missing)
}

/// Nothing may be left that no operation knows.
pub(crate) fn none_left(parts: &Parts) -> Result<(), Refusal> {
    match parts.first() {
        Some((name, _)) => Err(Refusal::bad_request("parameters", format!("Unknown parameter '{}'", shown(name)))),
        None => Ok(()),
    }
}

/// A name as a message may repeat it.
fn shown(name: &str) -> String {
    name.chars().filter(|char| char.is_ascii_graphic()).take(60).collect()
}

/// A form as the vendor takes it: its content type, and its body.
pub(crate) fn write(parts: &[(&str, &str)]) -> Option<(String, Bytes)> {
    let boundary = tokens::random::<24>()?;
    let mut body = String::with_capacity(parts.iter().map(|(name, value)| name.len() + value.len() + 120).sum());
    for (name, value) in parts {
        // The names are ours, and have neither quotes nor line ends.
        body += &format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body += value;
        body += "\r\n";
    }
    body += &format!("--{boundary}--\r\n");
    Some((format!("multipart/form-data; boundary={boundary}"), body.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_written_is_read_again() {
        let parts = [("card[card_template_id]", "5801"), ("card[data]", "[{\"value\":\"Ñ\r\n--x\"}]")];
        let (kind, body) = write(&parts).unwrap();
        let read = read(Some(&kind), body).await.unwrap();
        let owned: Vec<_> = parts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(read, owned);
    }

    #[tokio::test]
    async fn a_part_twice_or_a_body_of_another_kind_is_refused() {
        let (kind, body) = write(&[("card_id", "1"), ("card_id", "2")]).unwrap();
        let mut parts = read(Some(&kind), body).await.unwrap();
        assert_eq!(demand(&mut parts, "card_id").unwrap_err().text, "Parameter 'card_id' was sent twice");
        assert!(read(Some("application/json"), "{}".into()).await.is_err());
        assert!(read(None, "{}".into()).await.is_err());
    }
}
