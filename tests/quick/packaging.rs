//! What packages install: the systemd unit, and the files that Cargo.toml names for the Debian package.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::left_out::{Lacks, left_out};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn systemd_finds_no_fault_with_the_unit() {
    let unit = root().join("config/rcp-bot.service");
    let text = std::fs::read_to_string(&unit).expect("the unit is there");
    // The program that the unit starts must be there to be verified, wherever this runs.
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("rcp-bot.service");
    std::fs::write(&copy, text.replace("/usr/bin/rcp-bot", env!("CARGO_BIN_EXE_rcp-bot"))).expect("written");
    let verified = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&copy).output();
    let Ok(verified) = verified else {
        return left_out(Lacks::Tool, "systemd-analyze is absent: the unit is not verified");
    };
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success(), "{said}");
    assert!(!said.contains("rcp-bot.service:"), "{said}");
}

#[test]
fn f4_the_service_survives_a_day_without_discord() {
    let unit = std::fs::read_to_string(root().join("config/rcp-bot.service")).expect("the unit is there");
    let value = |key: &str| unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    // systemd gives up for ever what fails too often within the interval; 0 turns that off.
    assert_eq!(value("StartLimitIntervalSec"), Some("0"));
    assert_eq!(value("Restart"), Some("on-failure"));
    assert_eq!(value("RestartPreventExitStatus"), Some("2"));
}

#[test]
fn the_package_installs_files_that_are_there() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let deb = &manifest["package"]["metadata"]["deb"];
    let assets = deb["assets"].as_array().expect("a list");
    for asset in assets {
        let source = asset[0].as_str().expect("a path");
        let folder = source.split('*').next().expect("a beginning").trim_end_matches('/');
        // The program comes from the build.
        assert!(source.starts_with("target/release/") || root().join(folder).exists(), "{source}");
    }
    let installed: Vec<&str> = assets.iter().filter_map(|asset| asset[1].as_str()).collect();
    for path in deb["conf-files"].as_array().expect("a list") {
        let path = path.as_str().expect("a path").trim_start_matches('/');
        assert!(installed.iter().any(|one| path.starts_with(one)), "{path} is not installed");
    }
}

/// What Cargo.toml says of the Debian package.
fn deb() -> (toml::Value, toml::Value) {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let package = manifest["package"].clone();
    (package["metadata"]["deb"].clone(), package)
}

/// A text of a TOML file.
fn text(value: &toml::Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// Whether it is "Name <address>", as Debian's policy wants it.
fn is_contact(contact: &str) -> bool {
    let address = contact.strip_suffix('>').and_then(|rest| rest.split_once(" <"));
    address.and_then(|(name, address)| Some((name, address.split_once('@')?))).is_some_and(|(name, (local, host))| {
        let free = |text: &str| !text.is_empty() && !text.contains(['<', '>', '@']);
        free(name) && free(local) && host.contains('.') && !host.contains([' ', '@'])
    })
}

#[test]
fn c4_the_package_says_whom_to_write_to_in_the_form_of_debian() {
    let (deb, _) = deb();
    let maintainer = text(&deb["maintainer"]);
    assert!(is_contact(maintainer), "{maintainer}");
    assert!(!is_contact("rcp-bot") && !is_contact("rcp-bot <>") && !is_contact("<a@b.c>"));
}

#[test]
fn c4_the_package_has_a_changelog_in_the_form_of_debian() {
    let (deb, package) = deb();
    let path = text(&deb["changelog"]);
    let changelog = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    // "package (version) distributions; urgency=…", lines that begin with two spaces, " -- Name <address>  date".
    let head = changelog.lines().next().unwrap_or_default();
    let newest = format!("{} ({}-1) ", text(&package["name"]), text(&package["version"]));
    assert!(head.starts_with(&newest) && head.contains("; urgency="), "the newest entry of {path}: {head}");
    let mut entries = 0;
    for line in changelog.lines() {
        if let Some(signed) = line.strip_prefix(" -- ") {
            let (contact, date) = signed.split_once(">  ").unwrap_or_else(|| panic!("{path}: {line}"));
            assert!(is_contact(&format!("{contact}>")), "{path}: {line}");
            assert!(jiff::fmt::rfc2822::parse(date).is_ok(), "{path}: {line}");
            entries += 1;
        } else {
            let is_head = line.starts_with("rcp-bot (") && line.contains("; urgency=");
            assert!(line.is_empty() || line.starts_with("  ") || is_head, "{path}: {line:?}");
        }
    }
    assert!(entries > 0);
}

#[test]
fn c4_the_package_describes_itself_in_one_line_without_an_article() {
    let (_, package) = deb();
    let synopsis = text(&package["description"]);
    assert!(synopsis.len() < 80 && !synopsis.contains('\n') && !synopsis.ends_with('.'), "{synopsis}");
    let article = ["a ", "an ", "the "].iter().any(|article| synopsis.to_lowercase().starts_with(article));
    assert!(!article, "{synopsis}");
}

/// The manual pages by name, as the command line is now.
fn manual_pages() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    clap_mangen::generate_to(rcp_bot::cli::command(), folder.path()).expect("written");
    pages_in(folder.path())
}

fn pages_in(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files = files.map(|file| file.expect("it can be listed"));
    files
        .map(|file| {
            let page = fs::read_to_string(file.path()).expect("it is text");
            (file.file_name().to_string_lossy().into_owned(), page)
        })
        .collect()
}

#[test]
fn c4_the_package_has_a_manual_page_of_each_subcommand() {
    let (kept, pages) = (root().join("config/man"), manual_pages());
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let _ = fs::remove_dir_all(&kept);
        fs::create_dir(&kept).expect("a folder");
        pages.iter().for_each(|(name, page)| fs::write(kept.join(name), page).expect("written"));
    }
    let old: Vec<_> = pages.iter().filter(|&(name, page)| pages_in(&kept).get(name) != Some(page)).collect();
    let gone: Vec<_> = pages_in(&kept).into_keys().filter(|name| !pages.contains_key(name)).collect();
    assert!(
        old.is_empty() && gone.is_empty(),
        "the command line has changed; INSTA_UPDATE=always cargo test --test quick packaging writes config/man anew: \
         {old:?}, {gone:?}"
    );
    let (deb, _) = deb();
    let mut assets = deb["assets"].as_array().expect("a list").iter();
    assert!(assets.any(|asset| text(&asset[0]) == "config/man/*.1" && text(&asset[1]) == "usr/share/man/man1/"));
    // A page that refers to another refers to one that is there.
    let page = &pages["rcp-bot.1"];
    for name in pages.keys().filter(|name| *name != "rcp-bot.1") {
        let written = name.trim_end_matches(".1").replace('-', "\\-");
        assert!(page.contains(&format!("{written}(1)")), "{name} is not named in {page}");
    }
}

#[test]
fn the_package_starts_stops_and_removes_its_service_with_scripts_that_a_shell_reads() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let deb = &manifest["package"]["metadata"]["deb"];
    let text = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    let units = root().join(text(&deb["systemd-units"]["unit-scripts"]));
    assert!(units.join(format!("{}.service", text(&deb["systemd-units"]["unit-name"]))).is_file());
    // Without this key, cargo-deb makes no scripts at all: an upgrade would go on running the old program.
    let scripts = root().join(text(&deb["maintainer-scripts"]));
    let mut seen = 0;
    for script in std::fs::read_dir(&scripts).expect("the folder is there") {
        let script = script.expect("it can be listed").path();
        let name = script.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(
            ["preinst", "postinst", "prerm", "postrm"].contains(&name.as_str()),
            "{name} is no script of a package"
        );
        let content = std::fs::read_to_string(&script).expect("it is text");
        assert!(content.starts_with("#!/bin/sh\n") && content.contains("\n#DEBHELPER#\n"), "{content}");
        let read = Command::new("sh").arg("-n").arg(&script).status().expect("there is a shell");
        assert!(read.success(), "{name}");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn the_image_holds_all_that_the_program_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let image = folder.path().join("image");
    let script = root().join("config/image-root.sh");
    let laid = Command::new(&script).arg(env!("CARGO_BIN_EXE_rcp-bot")).arg(&image).output().expect("there is a shell");
    assert!(laid.status.success(), "{}", String::from_utf8_lossy(&laid.stderr));
    let recipe = std::fs::read_to_string(root().join("Containerfile")).expect("the recipe is there");
    for (key, path) in [("RCP_CONFIG", "etc/rcp-bot/rcp-bot.toml"), ("RCP_DATA", "var/lib/rcp-bot/data")] {
        assert!(recipe.contains(&format!("{key}=/{path}")) && image.join(path).exists(), "{path}");
    }
    let (files, problems) = rcp_bot::catalogue::Files::read(&image.join("var/lib/rcp-bot/data"));
    assert_eq!((files, problems), (rcp_bot::catalogue::Files::built_in(), Vec::new()));
    // Nothing of this machine can be seen from within it.
    // Of the programs that only root needs: not everybody looks for them where they are.
    let chroot = ["/usr/sbin/chroot", "/usr/bin/chroot"].into_iter().find(|path| Path::new(path).exists());
    let within = Command::new(chroot.unwrap_or("chroot"))
        .arg(&image)
        .args(["/usr/bin/rcp-bot", "ask", "/rcp oim"])
        .env_clear()
        .output();
    let Ok(within) = within else { return left_out(Lacks::Tool, "chroot is absent: the image's files are not tried") };
    let said = String::from_utf8_lossy(&within.stderr);
    if said.contains("not permitted") {
        return crate::support::tell("only root may chroot: the image's files are laid out and not tried");
    }
    assert!(within.status.success(), "{said}");
    assert!(String::from_utf8_lossy(&within.stdout).contains("OIM"));
}
