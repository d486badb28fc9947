//! wasm-bindgen's glue as a function that makes it: it keeps the state of one WASM instance, and after a panic the page needs
//! another one, with a state of its own. (A second copy of the module would do as well, but no bundler can follow to it.)
//!
//! And what the page has of a program does not keep it. A listener of the window, a timer, a promise or a channel holds a closure,
//! as wasm-bindgen writes it the closure holds the instance, the instance's table the element, and so nothing of it would ever be
//! collected. Here the closures find their program only as long as somebody else holds it: its element does. What is then left in
//! the page is for `instant-card.js` to put away: `left`, which it gives, has its addresses of pictures and its intervals, and
//! `signal` ends its listeners of the window.

use anyhow::{Context, Result, bail};

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

/// A closure of Rust, as a function that does not hold its program. What it calls is as old as the program: a function of the glue.
const CLOSURE: &str = "\
const closure = (state, call, end) => {
    const [program, over] = [call, end].map((held) => new WeakRef(held));
    const real = (...args) => {
        const call = program.deref();
        if (!call) return;
        // For as long as it runs it is not freed, and does not run once more.
        state.cnt++;
        const { a } = state;
        state.a = 0;
        try {
            return call(a, state.b, ...args);
        } finally {
            state.a = a;
            real._wbg_cb_unref();
        }
    };
    real._wbg_cb_unref = () => --state.cnt || over.deref()?.(state);
    return real;
};
";

/// What stands in wasm-bindgen's glue, from here to there, and what stands in place of it.
const CHANGES: [(&str, &str, &str); 9] = [
    (
        "function makeMutClosure(",
        "\n}\n",
        "const endClosure = (state) => {
    wasm.__wbindgen_destroy_closure(state.a, state.b);
    state.a = 0;
    CLOSURE_DTORS.unregister(state);
};
function makeMutClosure(a, b, call) {
    const state = { a, b, cnt: 1 };
    const real = closure(state, call, endClosure);
    CLOSURE_DTORS.register(real, state, state);
    return real;
}
",
    ),
    ("const ret = URL.createObjectURL(arg1);", "\n", "const ret = URL.createObjectURL(arg1);\nleft.add(ret);\n"),
    (
        "URL.revokeObjectURL(getStringFromWasm0(arg0, arg1));",
        "\n",
        "const url = getStringFromWasm0(arg0, arg1);\nURL.revokeObjectURL(url);\nleft.delete(url);\n",
    ),
    ("const ret = arg0.setInterval(arg1, arg2);", "\n", "const ret = arg0.setInterval(arg1, arg2);\nleft.add(ret);\n"),
    ("arg0.clearInterval(arg1);", "\n", "arg0.clearInterval(arg1);\nleft.delete(arg1);\n"),
    (
        "arg0.addEventListener(getStringFromWasm0(arg1, arg2), arg3);",
        "\n",
        "arg0.addEventListener(getStringFromWasm0(arg1, arg2), arg3, { signal: arg0 === self ? signal : undefined });\n",
    ),
    (
        "arg0.addEventListener(getStringFromWasm0(arg1, arg2), arg3, arg4 !== 0);",
        "\n",
        "arg0.addEventListener(getStringFromWasm0(arg1, arg2), arg3, { capture: arg4 !== 0, signal: arg0 === self ? signal : undefined });\n",
    ),
    // Browsers that lack these do not run the WASM either.
    ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n", ""),
    // The words of a panic may quote what somebody has entered: nobody is told them.
    ("function debugString(", "\n}\n", "const debugString = () => \"\";\n"),
];

/// What makes a registry where there may be none: there is one wherever the WASM runs.
const REGISTRY: &str =
    "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : ";

/// `glue` with our changes in it, as wasm-bindgen has written it: later its names are shorter.
pub(crate) fn changed(glue: &str) -> Result<String> {
    let mut glue = glue.replace(REGISTRY, "");
    for (start, end, new) in CHANGES {
        let [at] = glue.match_indices(start).map(|(at, _)| at).collect::<Vec<_>>()[..] else {
            bail!("wasm-bindgen's glue does not have one `{start}`\n  remedy: see `CHANGES` in xtask/src/glue.rs");
        };
        let length = glue[at..].find(end).with_context(|| format!("where `{start}` ends"))? + end.len();
        glue.replace_range(at..at + length, new);
    }
    if glue.contains("function makeClosure(") {
        bail!("wasm-bindgen's glue has closures that hold their program\n  remedy: see `CHANGES` in xtask/src/glue.rs");
    }
    Ok(glue)
}

/// `glue` as the function, of `left` and `signal`. It gives `init` and whatever the glue exports.
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
    let names = names.join(", ");
    Ok(format!(
        "{imports}{CLOSURE}export default function glue(left, signal) {{\n{body}{INIT}\nreturn {{ {names} }};\n}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::{CHANGES, REGISTRY, as_function, changed};

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
        assert!(text.starts_with("import { part } from \"a\";\nconst closure = "), "{text}");
        assert!(text.contains("export default function glue(left, signal) {\nclass Widget {"), "{text}");
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

    /// Each thing that is changed, once, and something between them.
    fn written() -> String {
        let all = CHANGES.map(|(start, end, _)| format!("{start}\n    inside(){end}function kept() {{\n}}\n"));
        format!("{}const CLOSURE_DTORS = {REGISTRY}new FinalizationRegistry(free);\n", all.concat())
    }

    #[test]
    fn what_holds_a_program_is_changed_and_nothing_else() {
        let text = changed(&written()).expect("the form is known");
        assert!(text.contains("closure(state, call, endClosure)") && text.contains("left.delete(url)"), "{text}");
        assert_eq!(text.matches("signal: arg0 === self ? signal : undefined").count(), 2, "{text}");
        assert_eq!(text.matches("function kept() {").count(), CHANGES.len(), "{text}");
        assert!(text.contains("const CLOSURE_DTORS = new FinalizationRegistry(free);"), "{text}");
    }

    #[test]
    fn glue_that_would_hold_its_program_is_refused() {
        for (start, ..) in CHANGES {
            assert!(changed(&written().replacen(start, "else", 1)).is_err(), "{start}");
        }
        assert!(changed(&format!("{}function makeClosure(a, b, call) {{\n}}\n", written())).is_err());
    }
}
