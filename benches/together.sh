#!/usr/bin/env bash
# Compares a repository that follows every workflow with one that follows the first alone, on about
# the same number of documents: benches/together.sh [GATECHECK] [COPIES]
#
# Prints the ratio of the shortest of several runs of each, which take turns.
set -euo pipefail

gatecheck=$(realpath "${1:-target/release/gatecheck}")
copies=${2:-20}
fixtures=$(realpath "$(dirname "$0")/../fixtures/workflows")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GATECHECK_NO_CACHE=1

mapfile -t ids < <("$gatecheck" workflow list | grep -o '^[a-z-]\+')

# Lays the documents of a workflow under a number of roots, and follows it there.
lay() { # REPOSITORY ID COPIES
    local repository=$1 id=$2 count=$3 roots=""
    cp -r "$fixtures/$id/complete/." "$repository/"
    rm -rf "$repository/.work"
    for ((copy = 0; copy < count; copy++)); do
        mkdir -p "$repository/copies/$id-$copy"
        cp -r "$fixtures/$id/complete/.work" "$repository/copies/$id-$copy/work"
        roots+="\"copies/$id-$copy/work\", "
    done
    printf '[[workflow]]\nid = "%s"\nroots = [%s]\n\n' "$id" "$roots" >>"$repository/gatecheck.toml"
}

documents() { find "$1" -path '*/work/*' -name '*.md' | wc -l; }

commit() {
    git -C "$1" init --quiet -b main
    git -C "$1" add -A
    git -C "$1" -c user.name=bench -c user.email=bench@example.com commit --quiet -m documents
}

mkdir "$scratch/all" "$scratch/one" "$scratch/probe"
for id in "${ids[@]}"; do lay "$scratch/all" "$id" "$copies"; done
lay "$scratch/probe" "${ids[0]}" 1
total=$(documents "$scratch/all")
each=$(documents "$scratch/probe")
lay "$scratch/one" "${ids[0]}" $(((total + each - 1) / each))
commit "$scratch/all"
commit "$scratch/one"

# The milliseconds of one run, whatever its verdict.
run() {
    local begun=${EPOCHREALTIME/./} status=0
    "$gatecheck" -C "$1" --format json >"$scratch/said" || status=$?
    [ "$status" -lt 2 ] || { cat "$scratch/said" >&2; exit 2; }
    echo $(((${EPOCHREALTIME/./} - begun) / 1000))
}

all=999999 one=999999
for _ in 1 2 3 4 5 6 7; do
    took=$(run "$scratch/all"); all=$((took < all ? took : all))
    took=$(run "$scratch/one"); one=$((took < one ? took : one))
done
echo "$total documents of ${#ids[@]} workflows and $(documents "$scratch/one") of ${ids[0]}:" \
    "$all ms and $one ms, ratio $(awk "BEGIN { printf \"%.2f\", $all / $one }")"
