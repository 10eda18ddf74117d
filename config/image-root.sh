#!/bin/sh
# Lays out all that a container needs: the program, the libraries that it is linked to, the settings, the catalogue.
#   config/image-root.sh target/release/rcp-bot target/image
# The root certificates are in the program; the system brings nothing else. Containerfile makes an image of it.
set -eu
program=$1
root=$2
here=$(cd "$(dirname "$0")/.." && pwd)
rm -rf "$root"
mkdir -p "$root/usr/bin" "$root/etc/rcp-bot" "$root/tmp" "$root/var/lib/rcp-bot/state"
cp "$program" "$root/usr/bin/rcp-bot"
# Each library stands where the loader looks for it, the loader itself included.
ldd "$program" | grep -o '/[^ )]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done
cp "$here/config/rcp-bot.toml" "$root/etc/rcp-bot/"
mkdir -p "$root/var/lib/rcp-bot/data/processes" "$root/var/lib/rcp-bot/data/messages"
cp "$here"/data/*.toml "$root/var/lib/rcp-bot/data/"
cp "$here"/data/processes/*.toml "$root/var/lib/rcp-bot/data/processes/"
cp "$here"/data/messages/*.ftl "$root/var/lib/rcp-bot/data/messages/"
