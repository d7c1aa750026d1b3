#!/usr/bin/env bash
# Runs ./quickstart as a newcomer would, twice: every step shows its records, no card number gets out, a second run works
# on what the first one left, and `stop` ends everything.
#
#   quickstart_test.sh [--without-kafka]
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
PIPEWRIGHT_RUN=$(mktemp -d)  # short, as a socket's path must be
export PIPEWRIGHT_RUN

fail() { printf 'quickstart_test: %s\n' "$*" >&2; cat "$log" >&2; exit 1; }
expect() { grep -qF -- "$1" "$log" || fail "the output lacks: $1"; }

cd "$root"
trap './quickstart stop >/dev/null; rm -rf "$PIPEWRIGHT_RUN"' EXIT
log=$PIPEWRIGHT_RUN/output
for order in 1031 1032; do
  ./quickstart "$@" >"$log" 2>&1 </dev/null || fail 'quickstart failed'
  if [ $order = 1031 ]; then
    for table in addresses categories coupons customers order_items orders payments products reviews shipments stock; do
      grep -qE "^  shop-$table +[0-9]+ record" "$log" || fail "the first load lacks shop-$table"
    done
  fi
  expect "shop-orders  [id $order]  new"
  expect "shop-order_items  [order_id $order, line_no 2]  new"
  expect 'card_pan=************4242'
  expect 'paid → shipped'
  expect 'shop-customers  [id 9]  changed'
  expect 'shop-reviews  [id 11]  tombstone'
  grep -v '^  sql>' "$log" | grep -qF 4242424242424242 && fail 'a card number got out'
  grep -q 'shop-tmp' "$log" && fail 'a table that is to be skipped was published'
  [ "$(tail -n 3 "$log" | cut -d: -f1 | tr '\n' ' ')" = 'Running Try next Stop ' ] || fail 'the last three lines are others'
done
