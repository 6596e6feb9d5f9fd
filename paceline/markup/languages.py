"""The languages that code in a post may be said to be in: a closed list, for a class each."""

# Names as people write them after [code= or ```; a name that is not here is left out.
# fmt: off
LANGUAGES = frozenset({
    "apache", "asm", "awk", "bash", "basic", "bat", "batch", "bibtex", "c", "c#", "c++",
    "clojure", "cmake", "cmd", "coffeescript", "cpp", "cs", "csharp", "css", "csv", "d", "dart",
    "delphi", "diff", "django", "docker", "dockerfile", "elixir", "elm", "erlang", "f#", "fish",
    "fortran", "fsharp", "gdb", "glsl", "go", "golang", "gradle", "graphql", "groovy",
    "haskell", "hcl", "html", "http", "ini", "java", "javascript", "jinja", "js", "json", "jsx",
    "julia", "kotlin", "latex", "less", "lisp", "lua", "make", "makefile", "markdown", "matlab",
    "md", "mysql", "nasm", "nginx", "nim", "nix", "objc", "objective-c", "ocaml", "octave",
    "pascal", "patch", "perl", "php", "plaintext", "postgres", "powershell", "prolog",
    "properties", "ps", "ps1", "py", "python", "python3", "r", "racket", "rb", "regex", "rs",
    "rst", "ruby", "rust", "sas", "scala", "scheme", "scss", "sh", "shell", "smalltalk",
    "solidity", "sparql", "sql", "svg", "swift", "tcl", "tex", "text", "toml", "ts", "tsx",
    "txt", "typescript", "vala", "vb", "vb.net", "vba", "verilog", "vhdl", "vim", "vue", "wasm",
    "xhtml", "xml", "yaml", "yml", "zig", "zsh",
})
# fmt: on
