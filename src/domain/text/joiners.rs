//! Where a joiner that nobody sees changes what is seen.
//!
//! U+200C and U+200D are part of how some languages are written: without its U+200C a Persian word is another shape, without
//! its U+200D a Sinhala letter is another one. RFC 5892 says where (A.1, A.2), by two properties of the letters around:
//! whether they join, and whether they are a virama. The tables are Unicode 17's; of the scripts that join, those in use.

/// How the letters from U+0600 on join their neighbours (`Joining_Type`), 64 a line: on both sides (`D`), the one before only
/// (`R`), not at all (`-`), or as a mark, over which the letters around it join (`T`).
const ARABIC: &[u8] = b"\
    ----------------TTTTTTTTTTT-T---D-RRRRDRDRDDDDDRRRRDDDDDDDDDDDDD\
    -DDDDDDDRDDTTTTTTTTTTTTTTTTTTTTT--------------DDTRRR-RRRDDDDDDDD\
    DDDDDDDDRRRRRRRRRRRRRRRRRRDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD\
    RDDRRRRRRRRRDRDRDDRR-RTTTTTTT--TTTTTT--TT-TTTTRR----------DDD--D\
    ---------------TRTDDDRRRRRDDDDRDDDDDDDDDRDRDRDDRTTTTTTTTTTTTTTTT\
    TTTTTTTTTTT--RDDDDDDDDDDDRRRDDDDDDDDDDDDDDDRRDDDDRDRRDDDRRDDDDDD\
    --------------------------------------TTTTTTTTTTT---------------\
    ----------DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDTTTTTTTTT---------T--\
    ----------------------TTTT-TTTTTTTTT-TTT-TTTTT------------------\
    RDDDDDRRDRDDDDDDDDDDRDRRRTTT----D-DDDD-RDRR-----RRRRRRRRRRRRRRRR\
    RRR---D--DDDDDRD-------TTTTTTTTTDDDDDDDDDDRRR-RDDRRDDDDDDRDDDDDD\
    DDDDDDDDD-TTTTTTTTTTTTTTTTTTTTTTTT-TTTTTTTTTTTTTTTTTTTTTTTTTTTTT\
";

/// The viramas (`Canonical_Combining_Class` 9).
const VIRAMAS: [u16; 35] = [
    0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd3b, 0xd3c, 0xd4d, 0xdca, 0xe3a, 0xeba, 0xf84, 0x1039,
    0x103a, 0x1714, 0x1715, 0x1734, 0x17d2, 0x1a60, 0x1b44, 0x1baa, 0x1bab, 0x1bf2, 0x1bf3, 0x2d7f, 0xa806, 0xa82c,
    0xa8c4, 0xa953, 0xa9c0, 0xaaf6, 0xabed,
];

/// Those of the second plane, from its beginning on.
const VIRAMAS_BEYOND: [u16; 34] = [
    0xa3f, 0x1046, 0x1070, 0x107f, 0x10b9, 0x1133, 0x1134, 0x11c0, 0x1235, 0x12ea, 0x134d, 0x13ce, 0x13cf, 0x13d0,
    0x1442, 0x14c2, 0x15bf, 0x163f, 0x16b6, 0x172b, 0x1839, 0x193d, 0x193e, 0x19e0, 0x1a34, 0x1a47, 0x1a99, 0x1c3f,
    0x1d44, 0x1d45, 0x1d97, 0x1f41, 0x1f42, 0x612f,
];

/// How a letter joins its neighbours; `L` is the one behind only.
fn joins(letter: char) -> u8 {
    match letter {
        '\u{600}'..'\u{900}' => ARABIC[letter as usize - 0x600],
        // Mongolian's variants and marks, and any others.
        '\u{300}'..='\u{36f}' | '\u{180b}'..='\u{180f}' | '\u{1885}' | '\u{1886}' | '\u{18a9}' => b'T',
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => b'T',
        // Mongolian, Phags-pa, Adlam.
        '\u{1807}' | '\u{1820}'..='\u{18aa}' | '\u{a840}'..='\u{a871}' | '\u{1e900}'..='\u{1e943}' => b'D',
        '\u{a872}' => b'L',
        '\u{1e944}'..='\u{1e94b}' => b'T',
        _ => b'-',
    }
}

fn is_virama(letter: char) -> bool {
    let code = u32::from(letter);
    let viramas = if code < 0x1_0000 { &VIRAMAS[..] } else { &VIRAMAS_BEYOND };
    code < 0x2_0000 && viramas.contains(&(code as u16))
}

/// Whether a U+200C has its place behind the letters `before` and before those `behind` (RFC 5892, A.1).
pub(super) fn takes_non_joiner(before: &[char], behind: &[char]) -> bool {
    takes_joiner(before) || {
        let is_letter = |joins: &u8| *joins != b'T';
        let last = before.iter().rev().map(|letter| joins(*letter)).find(is_letter);
        let next = behind.iter().map(|letter| joins(*letter)).find(is_letter);
        matches!((last, next), (Some(b'D' | b'L'), Some(b'D' | b'R')))
    }
}

/// Whether a U+200D has its place behind the letters `before` (RFC 5892, A.2).
pub(super) fn takes_joiner(before: &[char]) -> bool {
    before.last().is_some_and(|last| is_virama(*last))
}
