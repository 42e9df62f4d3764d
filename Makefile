# Everything there is to run. On Linux each goal first installs what it needs; on macOS and Windows plain cargo does.

.PHONY: run test fuzz torture check bench bench-ui bench-lab screenshots corpora deb dist

run: # set up, then open the window (without a display: print a token and take a picture)
	@.ci/setup.sh run
	@.ci/open.sh

test: # set up, then run every test, the journeys in a real window, and a short fuzzing
	@.ci/setup.sh test
	@.ci/test.sh

fuzz: # any bytes for the readers, SECONDS=60 in all; prints how many were tried
	@.ci/setup.sh fuzz
	@.ci/fuzz.sh $(or $(SECONDS),60)

torture: # kill -9 at KILLS=1000 random moments of writing; prints what became of the files
	@.ci/setup.sh build
	@JWT_WORKBENCH_TORTURE_KILLS=$(or $(KILLS),1000) cargo test --locked --quiet --test torture -- --nocapture

corpora: # the score table over what others collected
	@.ci/setup.sh build
	@cargo test --locked --quiet --test corpora -- --nocapture

check: # format, lints, documentation, dependencies, spelling
	@.ci/setup.sh check
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
	target/tools/bin/cargo-deny --log-level error --locked check --hide-inclusion-graph licenses bans sources
	target/tools/bin/typos --config .ci/typos.toml

bench: # the cost of minting beside the raw primitives, and of one keystroke
	@.ci/setup.sh build
	cargo bench --locked

bench-ui: # key presses in the real window on claims up to 1 MB (CLAIMS="64 KB": only those)
	@.ci/setup.sh bench-ui
	@.ci/bench-ui.sh $(if $(CLAIMS),"$(CLAIMS)")

bench-lab: # a login of ours beside the exported FastAPI servers, under the same load (JWT_WORKBENCH_BIN: another build)
	@.ci/setup.sh check
	@.ci/bench-lab.sh

screenshots: # the pictures of the README
	@.ci/setup.sh test
	@.ci/screenshots.sh

deb: # the Debian package, into target/dist
	@.ci/setup.sh deb
	cargo build --release --locked
	@dist/linux/pack.sh deb

dist: # everything for Linux: the Debian package, a tar.gz, an AppImage and their checksums, into target/dist
	@.ci/setup.sh dist
	cargo build --release --locked
	@dist/linux/pack.sh deb tar appimage checksums
