//! The device without a network.

messages! {
    /// What is said of what does not get through because there is none.
    pub(crate) struct Network {
        text offline: "You are offline.", "No tienes conexión.";
        text goes_on: "What you entered is still here. This goes on by itself once you are back online.",
            "Lo que escribiste sigue aquí. Esto sigue solo en cuanto vuelvas a tener conexión.";
        text asked: "What you entered is still here. Once you are back online, try again.",
            "Lo que escribiste sigue aquí. Cuando vuelvas a tener conexión, vuelve a intentarlo.";
    }
}
