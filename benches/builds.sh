#!/usr/bin/env bash
# What building costs: `benches/builds.sh [COMMIT…]` builds each commit named, in turn, and the working copy when none is. For
# each it tells how many crates `cargo build` compiles, what that takes from an empty target/ with the crates at hand, by the
# clock and of the processors, and how large target/ is then; and the same of the tests with `TESTS=1`, from where the build
# left off.
#
#     benches/builds.sh HEAD~1 HEAD        a change beside what was there before
#     ROUNDS=2 benches/builds.sh A B       each twice: A B A B
#
# Other work on the machine lengthens the time by the clock; that of the processors hardly.
set -euo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
place=$(mktemp -d)
trap 'rm -rf "$place"; git -C "$root" worktree prune' EXIT
# What a developer's own settings would change.
export CARGO_TARGET_DIR=$place/target CARGO_INCREMENTAL=1 CARGO_TERM_COLOR=never
unset RUSTC_WRAPPER RUSTFLAGS

# timed WHAT CODE COMMAND…: runs the command, and writes a row.
timed() {
    local what=$1 code=$2 TIMEFORMAT='%R %U %S'
    shift 2
    local took crates
    took=$( { time "$@" 2>"$place/log" >&2; } 2>&1) || { cat "$place/log" >&2; exit 1; }
    crates=$(grep -c '^ *Compiling ' "$place/log" || true)
    awk -v what="$what" -v code="$code" -v crates="$crates" -v size="$(du -sm "$CARGO_TARGET_DIR" | cut -f1)" '{
        printf "| %s | %s | %d | %.0f s | %.0f s | %.1f GiB |\n", code, what, crates, $1, $2 + $3, size / 1024
    }' <<<"$took"
}

if (($#)); then codes=("$@"); else codes=(''); fi
echo '| commit | what | crates compiled | by the clock | of the processors | target/ |'
echo '| --- | --- | --- | --- | --- | --- |'
for ((round = 0; round < ${ROUNDS:-1}; round++)); do
    for code in "${codes[@]}"; do
        copy=$root name='working copy'
        if [[ $code ]]; then
            copy=$place/copy name=$(git -C "$root" rev-parse --short "$code")
            git -C "$root" worktree add --quiet --force --detach "$copy" "$code"
        fi
        cd "$copy"
        cargo fetch --locked --quiet
        rm -rf "$CARGO_TARGET_DIR"
        timed 'cargo build' "$name" cargo build --locked --offline
        if [[ ${TESTS-} ]]; then timed 'cargo test --no-run' "$name" cargo test --locked --offline --no-run; fi
        cd "$root"
        if [[ $code ]]; then git -C "$root" worktree remove --force "$copy"; fi
    done
done
