#!/usr/bin/env bash
# Builds the package that people install: target/release/bundle/deb/Signpost_*.deb.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

require_tools
require_window_packages
require_pages
require_npm_packages src-tauri
say "Building the package (the first time takes a quarter of an hour)"
npm --prefix src-tauri run bundle
