//! Contacts and saved addresses.

messages! {
    /// The screens of contacts and of saved addresses.
    pub(crate) struct People {
        text people: "People", "Personas";
        text addresses: "Addresses", "Direcciones";
        text addresses_hint: "Where your organization's orders can go. Everybody in it sees them.",
            "A dónde pueden ir los pedidos de tu organización. Todas las personas de ella las ven.";
        text contacts: "Contacts", "Contactos";
        text contacts_hint: "Who receives your organization's orders. Everybody in it sees them.",
            "Quién recibe los pedidos de tu organización. Todas las personas de ella los ven.";

        text search_contacts: "Search your contacts", "Busca entre tus contactos";
        with found(shown, count): "{shown} of {count}", "{shown} de {count}";
        text no_match: "No contact matches your search.", "Ningún contacto coincide con tu búsqueda.";
        text more: "Show more", "Mostrar más";
        text no_addresses: "No address is saved yet.", "Todavía no hay direcciones guardadas.";
        text no_addresses_next: "Save one, and every order can go there.", "Guarda una y cualquier pedido podrá ir allí.";
        text no_contacts: "There is no contact yet.", "Todavía no hay contactos.";
        text no_contacts_next: "Add who receives your orders.", "Añade a quien recibe tus pedidos.";

        text new_address: "New address", "Nueva dirección";
        text new_contact: "New contact", "Nuevo contacto";
        text edit_address: "Change the address", "Cambiar la dirección";
        text edit_contact: "Change the contact", "Cambiar el contacto";
        text edit: "Edit", "Editar";
        with edit_of(title): "Edit: {title}", "Editar: {title}";
        text delete: "Delete", "Borrar";
        with delete_of(title): "Delete: {title}", "Borrar: {title}";
        text contact: "Contact", "Contacto";
        with open_contact(name): "Open the contact {name}", "Abrir el contacto {name}";
        with open_address(title): "Open the address {title}", "Abrir la dirección {title}";
        text no_contact: "It has no contact, so InstantCard does not let it be changed.",
            "No tiene contacto, así que InstantCard no deja cambiarla.";
        text link_contact: "Give it a contact", "Darle un contacto";
        text its_addresses: "Addresses:", "Direcciones:";
        text add_address: "Add an address", "Añadir una dirección";
        with add_address_of(name): "Add an address for {name}", "Añadir una dirección para {name}";

        text save: "Save", "Guardar";
        text saving: "Saving…", "Guardando…";
        text replaces: "This address has no contact, and InstantCard changes no address without one.",
            "Esta dirección no tiene contacto, e InstantCard no cambia ninguna que no lo tenga.";
        text replaces_next: "Choose its contact, or enter a new one. It is then saved as a new address, and this one is deleted.",
            "Elige su contacto o escribe uno nuevo. Se guardará como dirección nueva y esta se borrará.";
        text lost_contact: "The address has lost its contact, so InstantCard does not change it.",
            "La dirección ha perdido su contacto, así que InstantCard no la cambia.";
        text lost_contact_next: "What you entered can be saved as a new address. The old one can be deleted afterwards.",
            "Lo que escribiste se puede guardar como dirección nueva. La anterior se puede borrar después.";
        text gone_meanwhile: "Somebody has deleted this meanwhile.", "Alguien lo ha borrado mientras tanto.";
        text gone_meanwhile_next: "What you entered can be saved as something new.",
            "Lo que escribiste se puede guardar como algo nuevo.";
        text save_as_new: "Save as new", "Guardar como nuevo";
        text not_acceptable: "InstantCard does not accept this as it is.", "InstantCard no lo acepta tal como está.";
        text not_acceptable_next: "Correct what it names. If it does not know the contact, choose another one or enter a new one.",
            "Corrige lo que indica. Si no conoce el contacto, elige otro o escribe uno nuevo.";

        text saved: "Saved.", "Guardado.";
        text address_twice: "This address has come to be saved twice. One of the two can be deleted.",
            "Esta dirección quedó guardada dos veces. Una de las dos se puede borrar.";
        text contact_twice: "This contact has come to be saved twice. One of the two can be deleted.",
            "Este contacto quedó guardado dos veces. Uno de los dos se puede borrar.";
        text old_stays: "The address is saved with its contact. The old one could not be deleted and is still in the list.",
            "La dirección está guardada con su contacto. La anterior no se pudo borrar y sigue en la lista.";
        text gone: "It is not there any more. Somebody has deleted it.", "Ya no existe. Alguien lo ha borrado.";

        with delete_title(title): "Delete “{title}”?", "¿Borrar «{title}»?";
        text delete_address: "No order can go there any more. Orders that were submitted stay as they are.",
            "Ningún pedido podrá ir allí. Los pedidos ya tramitados quedan como están.";
        text delete_contact: "No address can be given this contact any more.", "Ya no se le podrá dar este contacto a ninguna dirección.";
        text one_address_without: "Its address stays, without a contact, and cannot be changed then.",
            "Su dirección queda sin contacto y entonces no se puede cambiar.";
        with addresses_without(count): "Its {count} addresses stay, without a contact, and cannot be changed then.",
            "Sus {count} direcciones quedan sin contacto y entonces no se pueden cambiar.";
        text discard_title: "Leave without saving?", "¿Salir sin guardar?";
        text discard_text: "What you have entered in the form is lost then.", "Se perderá lo que has escrito en el formulario.";
        text discard: "Leave", "Salir";
        text keep: "Go on with it", "Seguir con ello";
        with deleted(title): "“{title}” is deleted.", "«{title}» está borrado.";
        text undo: "Undo", "Deshacer";
        with not_deleted(title): "“{title}” could not be deleted, and is still there.",
            "«{title}» no se pudo borrar y sigue ahí.";
    }
}
