#!/usr/bin/env bash
# Compares whole processes with rg and git in one run and prints ratios; see benches/README.md.
# usage: benches/compare.sh [FOLDER]   (keeps the generated repositories in FOLDER)
set -euo pipefail

rounds=${ROUNDS:-7}
for tool in hyperfine rg git /usr/bin/time; do
    command -v "$tool" >/dev/null || { echo "install $tool first" >&2; exit 2; }
done
cd "$(dirname "$0")/.."
cargo build --quiet --release --bins --example generate
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
gatecheck=$target/release/gatecheck
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

for features in 8 100 1000 10000; do
    [ -e "$folder/$features" ] ||
        "$target/release/examples/generate" "$folder/$features" --features "$features"
done
for options in "8 --edits 5000" "8 --elsewhere 20000" "1000 --edits 5000"; do
    read -r features what commits <<<"$options"
    [ -e "$folder/$features$what" ] ||
        "$target/release/examples/generate" "$folder/$features$what" --features "$features" \
            "$what" "$commits"
done
commit=(-c user.name=x -c user.email=x@example.org commit --quiet --allow-empty --message x)
[ -e "$folder/empty" ] || {
    git init --quiet "$folder/empty"
    git -C "$folder/empty" "${commit[@]}"
}
# The same files as in one commit, so that nothing was agreed before.
[ -e "$folder/imported" ] || {
    cp -r "$folder/1000" "$folder/imported"
    git -C "$folder/imported" checkout --quiet --orphan imported
    git -C "$folder/imported" "${commit[@]}"
}

median() { sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# How much longer the first command takes than the second: the median over the rounds of the
# ratio of their medians in one round. A slow minute of the machine slows both.
ratio() {
    local first=$1 second=$2 round
    for ((round = 0; round < rounds; round++)); do
        hyperfine --shell=none --ignore-failure --style=none --warmup 1 --runs "${RUNS:-5}" \
            --export-csv "$folder/times.csv" --command-name first "$first" \
            --command-name second "$second" >/dev/null 2>&1
        awk -F, '$1 == "first" { first = $4 } $1 == "second" { print first / $4 }' \
            "$folder/times.csv"
    done | median
}

# Prints a measured ratio beside the one that is aimed at.
row() { printf '%-58s %8.2f   %s\n' "$1" "$2" "$3"; }

peak() { /usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1; }

printf '%-58s %8s   %s\n' "what" "measured" "aim"
cd "$folder/8"
row "8 features, 40 documents: check / rg TBD" "$(ratio "$gatecheck check" "rg TBD .work")" "1.5"
cd "$folder/1000"
row "1000 features: check / rg TBD" "$(ratio "$gatecheck check" "rg TBD .work")" "3.5"
row "1000 features: check --staged / check" \
    "$(ratio "$gatecheck check --staged --no-cache" "$gatecheck check")" "1"
export XDG_CACHE_HOME=$folder/cache
row "1000 features: check --staged, judged before / rg TBD" \
    "$(ratio "$gatecheck check --staged" "rg TBD .work")" "1"
row "1000 features: peak memory of check in MiB" \
    "$(peak "$gatecheck" check | awk '{ print $1 / 1024 }')" "60"
row "1000 features: with an agreed design / without" \
    "$(ratio "$gatecheck check" "$gatecheck -C $folder/imported check")" "1.33"
log='git log --first-parent --name-only'
cd "$folder/8--edits"
row "5000 commits that edit documents: check / git log" "$(ratio "$gatecheck check" "$log")" "1.5"
row "5000 commits that edit documents: peak memory in MiB" \
    "$(peak "$gatecheck" check | awk '{ print $1 / 1024 }')" "150"
row "5000 commits that edit documents: log, judged before / git log" \
    "$(ratio "$gatecheck log" "$log")" "1.5"
row "5000 commits that edit documents: log, each judged / git log" \
    "$(rounds=1 RUNS=1 ratio "$gatecheck log --no-cache" "$log")" "none"
row "5000 commits that edit documents: peak memory of log in MiB" \
    "$(peak "$gatecheck" log --no-cache | awk '{ print $1 / 1024 }')" "150"
cd "$folder/8--elsewhere"
row "20000 commits that edit none: check / git log" "$(ratio "$gatecheck check" "$log")" "1.5"
row "20000 commits that edit none: log, each judged / git log" \
    "$(ratio "$gatecheck log --no-cache" "$log")" "1.5"
cd "$folder/1000--edits"
row "1000 features: after 5000 commits more / as built" \
    "$(ratio "$gatecheck check" "$gatecheck -C $folder/1000 check")" "1.5"
cd "$folder/empty"
head='git rev-parse HEAD'
row "start-up: --version / git rev-parse HEAD" "$(ratio "$gatecheck --version" "$head")" "1.5"
row "start-up: check --if-present / git rev-parse HEAD" \
    "$(ratio "$gatecheck check --if-present" "$head")" "1.5"
cd "$folder"
RUNS=3
row "per feature: 1000 features / 100 features" \
    "$(ratio "$gatecheck -C 1000 check" "$gatecheck -C 100 check" | awk '{ print $1 / 10 }')" "1"
RUNS=1
row "per feature: 10000 features / 1000 features" \
    "$(ratio "$gatecheck -C 10000 check" "$gatecheck -C 1000 check" | awk '{ print $1 / 10 }')" "1"
