//! wasm-bindgen's glue as a function that makes it: it keeps the state of one WASM instance, and after a panic the page needs
//! another one, with a state of its own. (A second copy of the module would do as well, but no bundler can follow to it.)

use anyhow::{Result, bail};

/// What begins a declaration that nobody asks for: classes for streams that a library brings along, and ways to start that
/// are not ours.
const UNUSED: [&str; 7] = [
    "export class IntoUnderlying",
    "if (Symbol.dispose) IntoUnderlying",
    "const IntoUnderlying",
    "function initSync(",
    "async function __wbg_init(",
    "async function __wbg_load(",
    "export { initSync, __wbg_init as default };",
];
/// Our own way to start: with a module that is compiled already.
const INIT: &str = "const init = async (module) => \
                    __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);";

/// `glue` as the function. It gives `init` and whatever the glue exports.
pub(crate) fn as_function(glue: &str) -> Result<String> {
    let (mut imports, mut body, mut names) = (String::new(), String::new(), vec!["init"]);
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        if UNUSED.iter().any(|start| line.starts_with(start)) {
            // It ends where a line closes it that is not indented.
            let is_whole = |line: &str| line.ends_with(';') || line == "}";
            if !is_whole(line) {
                lines.find(|line| !line.starts_with(' ') && is_whole(line) || line.ends_with("));"));
            }
            continue;
        }
        let (into, line) = match line.strip_prefix("export ") {
            Some(declared) => {
                let name = declared.split(['(', ' ', '{']).filter(|word| !word.is_empty()).nth(1);
                names.extend(name);
                (&mut body, declared)
            }
            None if line.starts_with("import ") => (&mut imports, line),
            None => (&mut body, line),
        };
        into.push_str(line);
        into.push('\n');
    }
    let known = ["function __wbg_get_imports(", "function __wbg_finalize_init(instance, module)"];
    if known.iter().any(|part| !body.contains(part)) || body.contains("import.meta.url);\n    }\n    const imports") {
        bail!("wasm-bindgen's glue is not of the known form\n  remedy: see `as_function` in xtask/src/glue.rs");
    }
    Ok(format!("{imports}export default function glue() {{\n{body}{INIT}\nreturn {{ {} }};\n}}\n", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::as_function;

    const GLUE: &str = "import { part } from \"a\";\nexport class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
        if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;\n\
        export class Widget {\n    free() {\n    }\n}\nexport function watch_panics(stopped) {\n    wasm.watch_panics(stopped);\n}\n\
        const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')\n    ? { }\n    : new FinalizationRegistry(ptr => wasm.free(ptr, 1));\n\
        function __wbg_get_imports() {\n}\nlet wasm;\nfunction __wbg_finalize_init(instance, module) {\n    wasm = instance.exports;\n}\n\
        function initSync(module) {\n    if (wasm) {\n    }\n}\nasync function __wbg_init(module_or_path) {\n    x(import.meta.url);\n}\n\
        export { initSync, __wbg_init as default };\n";

    #[test]
    fn each_call_makes_a_state_of_its_own() {
        let text = as_function(GLUE).expect("the form is known");
        assert!(
            text.starts_with("import { part } from \"a\";\nexport default function glue() {\nclass Widget {"),
            "{text}"
        );
        assert!(text.ends_with("return { init, Widget, watch_panics };\n}\n"), "{text}");
        assert!(
            !["IntoUnderlying", "initSync", "import.meta", "__wbg_init"].iter().any(|gone| text.contains(gone)),
            "{text}"
        );
        assert!(text.contains("let wasm;\n") && text.matches("export").count() == 2, "{text}");
    }

    #[test]
    fn glue_of_another_form_is_refused() {
        assert!(as_function("let wasm;").is_err());
    }
}
