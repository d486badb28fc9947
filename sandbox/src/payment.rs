//! Adding funds, with a payment processor that declines what a real one would. No card number is kept.

use crate::clock::month;
use crate::error::{ApiError, Outcome};
use crate::form::{Call, Fields};
use crate::json::Json;
use crate::money::parse_amount;
use crate::world::World;

const REQUIRED: [&str; 11] = [
    "amount",
    "number",
    "exp_month",
    "exp_year",
    "cvc",
    "full_name",
    "billing_address1",
    "billing_country",
    "billing_city",
    "billing_state",
    "billing_zip_code",
];

/// The processor's well-known test numbers, and what it says to them.
const DECLINED: [(&str, &str); 5] = [
    ("4000000000000002", "Your card was declined."),
    ("4000000000009995", "Your card has insufficient funds."),
    ("4000000000000069", "Your card has expired."),
    ("4000000000000127", "Your card's security code is incorrect."),
    ("4000000000000119", "An error occurred while processing your card. Try again in a little bit."),
];

/// The vendor's published test payment card keeps working after the date that it carries.
const TEST_CARD: (&str, &str, &str) = ("4242424242424242", "06", "2029");

/// `POST add_funds`
pub(crate) fn add_funds(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&REQUIRED, &["billing_address2"])?;
    let amount = parse_amount(fields.text("amount")).filter(|cents| *cents > 0);
    let amount = amount.ok_or_else(|| ApiError::bad_request("The amount is invalid."))?;
    let now = world.now_ms();
    processor_accepts(&fields, now).map_err(ApiError::bad_request)?;
    world.ledger.pay_in(amount, now);
    out.flag(true);
    Ok(())
}

fn processor_accepts(fields: &Fields<'_>, now: u64) -> Result<(), &'static str> {
    let (number, exp_month, exp_year) = (fields.text("number"), fields.text("exp_month"), fields.text("exp_year"));
    if !luhn(number) {
        return Err("Your card number is incorrect.");
    }
    if (number, exp_month, exp_year) != TEST_CARD {
        let (this_year, this_month) = month(now);
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let as_number = |text: &str, length| text.parse::<u64>().ok().filter(|_| digits(text, length));
        let in_years = this_year..=this_year + 50;
        let year = as_number(exp_year, 4).filter(|year| in_years.contains(year));
        let year = year.ok_or("Your card's expiration year is invalid.")?;
        let exp_month = as_number(exp_month, 2).filter(|month| (1..=12).contains(month));
        let exp_month = exp_month.filter(|month| year > this_year || *month >= this_month);
        exp_month.ok_or("Your card's expiration month is invalid.")?;
    }
    let cvc = fields.text("cvc");
    if !(3..=4).contains(&cvc.len()) || !cvc.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("Your card's security code is invalid.");
    }
    DECLINED.iter().find(|(declined, _)| *declined == number).map_or(Ok(()), |(_, words)| Err(*words))
}

/// The check digit of a card number.
fn luhn(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|digit| digit.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| (12..=19).contains(&digits.len())) else {
        return false;
    };
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn check_digits() {
        assert!(super::luhn("4242424242424242"));
        assert!(super::luhn("378282246310005"));
        for wrong in ["4242424242424241", "4242 4242 4242 4242", "0", "", "424242424242424x"] {
            assert!(!super::luhn(wrong), "{wrong}");
        }
    }
}
