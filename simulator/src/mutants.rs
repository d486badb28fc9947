//! Mistakes on purpose in the flows, by name.

/// Makes the mistake of this name, from now on.
#[cfg(feature = "mutants")]
pub(crate) fn switch_on(name: &str) -> Result<(), String> {
    use instant_card::flow::mutant::{Mutant, set};
    let found = Mutant::ALL.into_iter().find(|mutant| mutant.name() == name);
    let names: Vec<&str> = Mutant::ALL.into_iter().map(Mutant::name).collect();
    let mutant = found.ok_or_else(|| format!("there is no mutant `{name}`; there are: {}", names.join(", ")))?;
    set(Some(mutant));
    Ok(())
}

/// Without the feature there are none.
#[cfg(not(feature = "mutants"))]
pub(crate) fn switch_on(name: &str) -> Result<(), String> {
    Err(format!("this build has no mutants, `{name}` among them: add `--features mutants`"))
}
