//! Countries by ISO 3166-1, and the states of those that write them by their codes, by ISO 3166-2.
//!
//! Their names are the browser's (`Intl.DisplayNames`), in whichever language; the names of states are the same in all of
//! them. The lists are compared with a kept one by a test.

use super::text::printed;

/// Who ships from the United States ships there mostly.
pub const HOME: &str = "USA";

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its code of two letters, by which browsers know its name.
    pub two: &'static str,
    /// Its code of three letters, which is what addresses are sent with: the vendor's own are written so.
    pub three: &'static str,
}

/// All of them, in the order of their codes.
pub fn countries() -> impl Iterator<Item = Country> {
    (0..CODES.len() / 5).filter_map(|number| {
        let place = number * 5;
        Some(Country { two: CODES.get(place..place + 2)?, three: CODES.get(place + 2..place + 5)? })
    })
}

/// The country that an address names by either of its codes, however they are written.
pub fn country(code: &str) -> Option<Country> {
    let code = printed(code);
    countries().find(|country| code.eq_ignore_ascii_case(country.three) || code.eq_ignore_ascii_case(country.two))
}

/// A state: its code, as it is sent, and its name.
pub type State = (&'static str, &'static str);

/// The states of a country that has them in its addresses by their codes; none of all others, where a state, if there is
/// one, is a text.
pub fn states(country: &str) -> impl Iterator<Item = State> + use<> {
    let list = match self::country(country).map(|country| country.two) {
        Some("US") => UNITED_STATES,
        Some("CA") => CANADA,
        Some("MX") => MEXICO,
        _ => "",
    };
    list.split(';').filter_map(|state| state.split_once(' '))
}

/// The state that an address of this country names, by its code or its name, however they are written.
pub fn state(country: &str, text: &str) -> Option<State> {
    let text = printed(text);
    states(country).find(|(code, name)| text.eq_ignore_ascii_case(code) || text.eq_ignore_ascii_case(name))
}

/// Whether addresses there have a zip code. Where nothing is known of a country, they may do without.
pub fn has_zip_codes(country: &str) -> bool {
    self::country(country).is_some_and(|country| !WITHOUT_ZIP_CODES.split(' ').any(|code| code == country.two))
}

/// Whether a text can be a zip code there; of most countries nothing more is asked than that there is something.
pub fn is_zip_code(country: &str, text: &str) -> bool {
    // `0` is a digit, `A` a letter.
    let shapes: &[&str] = match self::country(country).map(|country| country.two) {
        Some("US") => &["00000", "000000000"],
        Some("CA") => &["A0A0A0"],
        Some("MX") => &["00000"],
        _ => return text.chars().any(char::is_alphanumeric),
    };
    let letters = || text.bytes().filter(|letter| !matches!(letter, b' ' | b'-'));
    let fits = |shape: &&str| {
        let is_it = |(letter, place): (u8, u8)| match place {
            b'0' => letter.is_ascii_digit(),
            _ => letter.is_ascii_alphabetic(),
        };
        shape.len() == letters().count() && letters().zip(shape.bytes()).all(is_it)
    };
    shapes.iter().any(fits)
}

/// Countries whose addresses have no zip code.
const WITHOUT_ZIP_CODES: &str = "AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK \
    JM KI KM KN KP LC LY ML MO MR MW NR NU QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO TV UG VU YE ZW";

/// Two letters and three of each.
const CODES: &str = "\
    ADANDAEAREAFAFGAGATGAIAIAALALBAMARMAOAGOAQATAARARGASASMATAUTAUAUSAWABWAXALAAZAZEBABIHBBBRBBDBGDBEBELBFBFABGBGR\
    BHBHRBIBDIBJBENBLBLMBMBMUBNBRNBOBOLBQBESBRBRABSBHSBTBTNBVBVTBWBWABYBLRBZBLZCACANCCCCKCDCODCFCAFCGCOGCHCHECICIV\
    CKCOKCLCHLCMCMRCNCHNCOCOLCRCRICUCUBCVCPVCWCUWCXCXRCYCYPCZCZEDEDEUDJDJIDKDNKDMDMADODOMDZDZAECECUEEESTEGEGYEHESH\
    ERERIESESPETETHFIFINFJFJIFKFLKFMFSMFOFROFRFRAGAGABGBGBRGDGRDGEGEOGFGUFGGGGYGHGHAGIGIBGLGRLGMGMBGNGINGPGLPGQGNQ\
    GRGRCGSSGSGTGTMGUGUMGWGNBGYGUYHKHKGHMHMDHNHNDHRHRVHTHTIHUHUNIDIDNIEIRLILISRIMIMNININDIOIOTIQIRQIRIRNISISLITITA\
    JEJEYJMJAMJOJORJPJPNKEKENKGKGZKHKHMKIKIRKMCOMKNKNAKPPRKKRKORKWKWTKYCYMKZKAZLALAOLBLBNLCLCALILIELKLKALRLBRLSLSO\
    LTLTULULUXLVLVALYLBYMAMARMCMCOMDMDAMEMNEMFMAFMGMDGMHMHLMKMKDMLMLIMMMMRMNMNGMOMACMPMNPMQMTQMRMRTMSMSRMTMLTMUMUS\
    MVMDVMWMWIMXMEXMYMYSMZMOZNANAMNCNCLNENERNFNFKNGNGANINICNLNLDNONORNPNPLNRNRUNUNIUNZNZLOMOMNPAPANPEPERPFPYFPGPNG\
    PHPHLPKPAKPLPOLPMSPMPNPCNPRPRIPSPSEPTPRTPWPLWPYPRYQAQATREREUROROURSSRBRURUSRWRWASASAUSBSLBSCSYCSDSDNSESWESGSGP\
    SHSHNSISVNSJSJMSKSVKSLSLESMSMRSNSENSOSOMSRSURSSSSDSTSTPSVSLVSXSXMSYSYRSZSWZTCTCATDTCDTFATFTGTGOTHTHATJTJKTKTKL\
    TLTLSTMTKMTNTUNTOTONTRTURTTTTOTVTUVTWTWNTZTZAUAUKRUGUGAUMUMIUSUSAUYURYUZUZBVAVATVCVCTVEVENVGVGBVIVIRVNVNMVUVUT\
    WFWLFWSWSMYEYEMYTMYTZAZAFZMZMBZWZWE";

/// Its post knows the armed forces' three, too.
const UNITED_STATES: &str = "\
    AL Alabama;AK Alaska;AS American Samoa;AZ Arizona;AR Arkansas;AA Armed Forces Americas;AE Armed Forces Europe;\
    AP Armed Forces Pacific;CA California;CO Colorado;CT Connecticut;DE Delaware;DC District of Columbia;\
    FL Florida;GA Georgia;GU Guam;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky;\
    LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;\
    MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;\
    ND North Dakota;MP Northern Mariana Islands;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;PR Puerto Rico;\
    RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;\
    VI Virgin Islands, U.S.;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming";

const CANADA: &str = "\
    AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland and Labrador;\
    NT Northwest Territories;NS Nova Scotia;NU Nunavut;ON Ontario;PE Prince Edward Island;QC Quebec;\
    SK Saskatchewan;YT Yukon";

const MEXICO: &str = "\
    AGU Aguascalientes;BCN Baja California;BCS Baja California Sur;CAM Campeche;CHP Chiapas;CHH Chihuahua;\
    CMX Ciudad de México;COA Coahuila de Zaragoza;COL Colima;DUR Durango;GUA Guanajuato;GRO Guerrero;HID Hidalgo;\
    JAL Jalisco;MEX México;MIC Michoacán de Ocampo;MOR Morelos;NAY Nayarit;NLE Nuevo León;OAX Oaxaca;\
    PUE Puebla;QUE Querétaro;ROO Quintana Roo;SLP San Luis Potosí;SIN Sinaloa;SON Sonora;TAB Tabasco;\
    TAM Tamaulipas;TLA Tlaxcala;VER Veracruz de Ignacio de la Llave;YUC Yucatán;ZAC Zacatecas";

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn all_countries_are_those_of_the_kept_list() {
        let mut kept: Vec<_> = rust_iso3166::ALL.iter().map(|country| (country.alpha2, country.alpha3)).collect();
        kept.sort_unstable();
        assert_eq!(countries().map(|country| (country.two, country.three)).collect::<Vec<_>>(), kept);
    }

    #[test]
    fn all_states_are_those_of_the_kept_list() {
        for (code, more) in [("US", &["AA", "AE", "AP"][..]), ("CA", &[]), ("MX", &[])] {
            let country = rust_iso3166::from_alpha2(code).unwrap();
            // Nobody lives on the minor islands; and soldiers' post goes to no state of the list.
            let kept = country.subdivisions().unwrap().iter().filter(|state| state.code != "US-UM");
            let mut kept: Vec<(&str, &str)> = kept.map(|state| (&state.code[3..], state.name)).collect();
            kept.sort_unstable();
            let mut ours: Vec<_> = states(code).filter(|(code, _)| !more.contains(code)).collect();
            ours.sort_unstable();
            assert_eq!(ours, kept, "{code}");
        }
    }

    #[test]
    fn a_country_is_known_by_either_code() {
        for text in ["USA", "us", " Usa ", "US"] {
            assert_eq!(country(text).map(|country| country.three), Some("USA"), "{text}");
        }
        for text in ["", "United States", "U", "XX", "USAUSA"] {
            assert_eq!(country(text), None, "{text}");
        }
    }

    #[test]
    fn a_state_is_known_by_its_code_or_its_name() {
        assert_eq!(state("usa", "new york"), Some(("NY", "New York")));
        assert_eq!(state("CA", "on").map(|(_, name)| name), Some("Ontario"));
        assert_eq!(state("USA", "ON"), None, "of another country");
        assert_eq!(state("DEU", "Bayern"), None);
        assert_eq!((states("MX").count(), states("DE").count()), (32, 0));
    }
}
