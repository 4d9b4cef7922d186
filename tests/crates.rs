//! The crates the program is built from have licences that `deny.toml` allows, come from the registry, and are none of
//! those it denies. `cargo deny` says the same and more; this needs nothing that is not there anyway.

#![expect(clippy::unwrap_used, reason = "a tree that cannot be read stops the test")]

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;

/// What `deny.toml` says.
fn policy() -> toml::Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    fs::read_to_string(file).unwrap().parse().unwrap()
}

/// Every crate that is built for this machine. They have been fetched, or this test would not run.
fn crates() -> Vec<Value> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", &platform])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let mut told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let Value::Array(crates) = told["packages"].take() else {
        panic!("no packages")
    };
    crates
}

fn named<'c>(one: &'c Value, what: &str) -> &'c str {
    one[what].as_str().unwrap_or_default()
}

/// Whether a licence expression can be met: `OR`, and `/` of old, offer a choice; `AND` asks for all; `WITH` belongs to
/// its licence.
fn is_met(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, allowed) && words.next().is_none()
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

fn any_of(words: &mut Words<'_>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut Words<'_>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one_of(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one_of(words, allowed);
    }
    met
}

fn one_of(words: &mut Words<'_>, allowed: &BTreeSet<&str>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        return any_of(words, allowed) && words.next() == Some(")");
    }
    let Some(name) = words.next() else { return false };
    match words.next_if_eq(&"WITH").and_then(|_| words.next()) {
        Some(exception) => allowed.contains(format!("{name} WITH {exception}").as_str()),
        None => allowed.contains(name),
    }
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let policy = policy();
    let allowed = policy["licenses"]["allow"].as_array().unwrap();
    let allowed: BTreeSet<&str> = allowed.iter().filter_map(|name| name.as_str()).collect();
    let crates = crates();
    assert!(crates.len() > 100, "{} crates", crates.len());
    let bad: Vec<_> = crates
        .iter()
        .filter(|one| !is_met(named(one, "license"), &allowed))
        .map(|one| format!("{}: {:?}", named(one, "name"), named(one, "license")))
        .collect();
    assert!(bad.is_empty(), "licences that deny.toml does not allow: {bad:#?}");
}

#[test]
fn every_crate_comes_from_the_registry_and_none_is_denied() {
    let policy = policy();
    let denied = policy["bans"]["deny"].as_array().unwrap();
    let denied: BTreeSet<&str> = denied.iter().filter_map(|one| one["crate"].as_str()).collect();
    assert!(!denied.is_empty());
    for one in crates() {
        let name = named(&one, "name");
        assert!(!denied.contains(name), "{name} is denied by deny.toml");
        let own = name == env!("CARGO_PKG_NAME");
        let registry = named(&one, "source") == "registry+https://github.com/rust-lang/crates.io-index";
        assert!(own || registry, "{name} comes from {}", one["source"]);
        let wanted = one["dependencies"].as_array().unwrap();
        let any = wanted.iter().find(|wanted| wanted["req"] == "*");
        assert!(!own || any.is_none(), "any version would do of {any:?}");
    }
}

#[test]
fn licences_are_read_as_they_are_written() {
    let allowed = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
    for met in [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "MIT AND ISC",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for unmet in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "Apache-2.0",
        "MIT AND (GPL-3.0 OR Zlib)",
        "MIT)",
    ] {
        assert!(!is_met(unmet, &allowed), "{unmet}");
    }
}
