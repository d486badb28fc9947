// The block in the editor, written against the globals that WordPress gives a script (`wp.blocks`, `wp.element`,
// `wp.blockEditor`, `wp.components`), so that nothing has to be built.

(({ blocks, element, blockEditor, components }) => {
  const { createElement: el } = element;

  /** What stands in the page: the element alone. What is empty is left out. */
  const card = ({ organizationId, templateId, apiBase }) => el("instant-card", {
    "organization-id": organizationId || undefined,
    "template-id": templateId || undefined,
    "api-base": apiBase || undefined,
  });

  blocks.registerBlockType("harbor/instant-card", {
    edit({ attributes, setAttributes }) {
      const field = (label, name) => el(components.TextControl, {
        label, value: attributes[name] ?? "", onChange: (value) => setAttributes({ [name]: value }), key: name,
      });
      return el("div", blockEditor.useBlockProps(),
        el(blockEditor.InspectorControls, null, el(components.PanelBody, { title: "Cards" }, [
          field("Organization", "organizationId"), field("Template", "templateId"), field("Address of the API", "apiBase"),
        ])),
        // The form itself is the visitors': in the editor there is only its place.
        el("p", null, "ID card form"));
    },
    save: ({ attributes }) => el("div", blockEditor.useBlockProps.save(), card(attributes)),
  });
})(window.wp);
