//! Gives the program for Windows its icon, its manifest and its version; for other systems there is nothing to do.

const ICON: &str = "dist/icons/jwt-workbench.ico";
const MANIFEST: &str = "dist/windows/jwt-workbench.manifest";

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    // Number, name and description of the version come from Cargo.toml.
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set("ProductName", "JWT Workbench")
        .set("FileDescription", "JWT Workbench")
        .set("OriginalFilename", "jwt-workbench.exe")
        .set("LegalCopyright", "The JWT Workbench developers, MIT or Apache-2.0")
        .compile()
}
