#!/bin/sh
# Browser tests use an installed Chromium; root may install Debian's.
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update --quiet=2 && exec env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends chromium
fi
echo "Browser tests need Chromium: install chromium, chromium-browser or google-chrome and run make again."
exit 1
