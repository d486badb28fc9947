//! Mistakes on purpose in the flows and in the gateway, by name.

/// Makes the mistake of this name, from now on.
#[cfg(feature = "mutants")]
pub(crate) fn switch_on(name: &str) -> Result<(), String> {
    use instant_card::flow::mutant::{Mutant, set};
    use instant_card_gateway::mutant::{Mutant as Gateways, set as set_gateways};
    if let Some(mutant) = Gateways::ALL.into_iter().find(|mutant| mutant.name() == name) {
        set_gateways(Some(mutant));
        return Ok(());
    }
    let found = Mutant::ALL.into_iter().find(|mutant| mutant.name() == name);
    let names = Mutant::ALL.into_iter().map(Mutant::name).chain(Gateways::ALL.into_iter().map(Gateways::name));
    let names: Vec<&str> = names.collect();
    let mutant = found.ok_or_else(|| format!("there is no mutant `{name}`; there are: {}", names.join(", ")))?;
    set(Some(mutant));
    Ok(())
}

/// Makes none any more.
#[cfg(all(test, feature = "mutants"))]
pub(crate) fn switch_off() {
    instant_card::flow::mutant::set(None);
    instant_card_gateway::mutant::set(None);
}

/// Without the feature there are none.
#[cfg(not(feature = "mutants"))]
pub(crate) fn switch_on(name: &str) -> Result<(), String> {
    Err(format!("this build has no mutants, `{name}` among them: add `--features mutants`"))
}
