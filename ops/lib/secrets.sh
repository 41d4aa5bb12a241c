# Generated secrets: machine secrets in secrets/ (one file each), people's passwords in `passwords`.
# shellcheck shell=bash

# secret NAME -> its value, made on first use
secret() {
  local file=$secrets/$1 new=$secrets/$1.$BASHPID
  [ -s "$file" ] || (umask 077 && openssl rand -hex 20 >"$new" && mv -n "$new" "$file")
  cat "$file"
}

# password USER -> that person's password; the file has a line "USER PASSWORD" each
password() { awk -v user="$1" '$1 == user {print $2}' "$passwords"; }

make_passwords() {
  local user
  (umask 077 && touch "$passwords")
  chmod 600 "$passwords"
  external_identity && return # the users there have theirs; those that shall serve kubectl are written in by hand
  for user in platform-admin acme-dev globex-dev keycloak-admin; do
    [ -n "$(password $user)" ] || echo "$user $(openssl rand -hex 10)" >>"$passwords"
  done
}

# The key-encryption keys of what is encrypted in etcd: a line each, the last is the newest. Without this file
# nobody reads those objects again, so it belongs into a backup that is kept apart from etcd's.
keyring=${ARGOSY_KEYRING:-}

make_keyring() {
  keyring=${keyring:-$secrets/keyring}
  [ -s "$keyring" ] && return
  (umask 077 && new_key_line >"$keyring.$BASHPID" && mv -n "$keyring.$BASHPID" "$keyring")
  say "made $keyring, the keys of what is encrypted in etcd; keep a copy elsewhere"
}

new_key_line() { echo "k$(date -u +%Y%m%dT%H%M%SZ) $(openssl rand -base64 32)"; }
