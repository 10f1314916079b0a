# shellcheck shell=bash
# What ./start and ./check have in common: each function sets up one thing where it is missing.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
NODE_AT_LEAST=20

say() { printf '\n==> %s\n' "$*"; }

give_up() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# The two things that a machine must have before.
require_tools() {
  command -v cargo >/dev/null || give_up "Rust is missing: install it as https://rustup.rs says, then run this again."
  command -v npm >/dev/null || give_up "Node $NODE_AT_LEAST or newer is missing: install it from https://nodejs.org, then run this again."
  local node
  node=$(node -p 'process.versions.node.split(".")[0]')
  [ "$node" -ge "$NODE_AT_LEAST" ] || give_up "Node $node is too old: Signpost needs $NODE_AT_LEAST or newer."
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs the Debian packages named, those that are missing, after asking where somebody can answer.
require_packages() {
  local package missing=()
  if ! command -v apt-get >/dev/null; then
    say "This is not Debian or Ubuntu: make sure that you have what these packages hold: $*"
    return
  fi
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "These packages are missing, and there is no sudo to install them with: ${missing[*]}"
    as_root=(sudo)
  fi
  say "Missing on this computer: ${missing[*]}"
  if [ -t 0 ] && [ -z "${CI:-}" ]; then
    local answer
    read -r -p "Install them with apt-get now? [Y/n] " answer
    case $answer in [Nn]*) give_up "Install them yourself, then run this again." ;; esac
  fi
  "${as_root[@]}" apt-get update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

require_window_packages() {
  require_packages build-essential pkg-config libwebkit2gtk-4.1-dev librsvg2-dev
}

# Installs a folder's npm packages, unless what is there is as new as its lock file.
require_npm_packages() {
  local folder=$TOP/$1
  if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
    say "Installing npm packages for $1"
    npm --prefix "$folder" ci --no-audit --no-fund
    touch "$folder/node_modules/.package-lock.json"
  fi
}

# Builds the window's pages, unless nothing that they are made of has changed.
require_pages() {
  local built=$TOP/ui/dist/index.html made_of=(src index.html package-lock.json vite.config.ts)
  require_npm_packages ui
  if [ ! -e "$built" ] || [ -n "$(cd "$TOP/ui" && find "${made_of[@]}" "$TOP/assets/fonts" -newer "$built" -print -quit)" ]; then
    say "Building the window's pages"
    npm --prefix "$TOP/ui" run build
  fi
}
