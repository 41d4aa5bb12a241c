# Certificates of this platform: one CA for servers and clients, the API server's certificate, the key
# that signs service-account tokens, the secret behind the front proxy's authorities, and the platform
# administrator's client certificate.
# shellcheck shell=bash

new_key() { (umask 077 && openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null); }

server_names() {
  local names="DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  local address
  names+=",IP:127.0.0.1,IP:::1,IP:10.96.0.1,DNS:$(hostname)"
  for address in $(ip -o -4 addr show scope global 2>/dev/null | awk '{split($4, a, "/"); print a[1]}' | sort -u); do
    case $address in 10.244.*) ;; *) names+=",IP:$address" ;; esac
  done
  case $host in
    localhost) ;;
    *[!0-9.]*) names+=",DNS:$host" ;;
    *) names+=",IP:$host" ;;
  esac
  echo "$names"
}

# certificate NAME SUBJECT EXTENSIONS: key and certificate, signed by the CA
certificate() {
  local name=$1 subject=$2 extensions=$3
  new_key "$pki/$name.key"
  openssl req -new -key "$pki/$name.key" -subj "$subject" -out "$pki/$name.csr"
  openssl x509 -req -in "$pki/$name.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -days 825 -sha256 \
    -set_serial "0x$(openssl rand -hex 12)" -extfile <(printf '%s\n' "$extensions") -out "$pki/$name.crt" 2>/dev/null
  rm -f "$pki/$name.csr"
}

make_ca() {
  [ -s "$pki/ca.crt" ] && return
  new_key "$pki/ca.key"
  openssl req -x509 -new -key "$pki/ca.key" -sha256 -days 3650 -subj "/CN=argosy-ca" \
    -addext "keyUsage=critical,keyCertSign,cRLSign,digitalSignature" -out "$pki/ca.crt"
}

make_server_certificate() { # anew when its names change or 30 days are left
  local names
  names=$(server_names)
  [ "$(cat "$pki/apiserver.names" 2>/dev/null)" = "$names" ] && [ "$(grep -c BEGIN "$pki/apiserver.crt")" = 2 ] &&
    openssl x509 -checkend 2592000 -noout -in "$pki/apiserver.crt" >/dev/null && return
  certificate apiserver "/CN=argosy-apiserver" "subjectAltName=$names
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth"
  (umask 077 && openssl pkcs12 -export -inkey "$pki/apiserver.key" -in "$pki/apiserver.crt" -certfile "$pki/ca.crt" \
    -name console -out "$pki/console.p12" -passout "pass:$(secret keystore)")
  cat "$pki/ca.crt" >>"$pki/apiserver.crt" # machines that join know the authority by its hash only
  echo "$names" >"$pki/apiserver.names"
}

make_service_account_key() {
  [ -s "$pki/sa.pub" ] && return
  (umask 077 && openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$pki/sa.key" 2>/dev/null)
  openssl pkey -in "$pki/sa.key" -pubout -out "$pki/sa.pub"
}

# What the request-header authorities of all logical clusters are derived from: one each, so that the
# identity shown to one tenant's API servers is worth nothing at another's.
make_front_proxy_key() { [ -s "$pki/front-proxy.key" ] || new_key "$pki/front-proxy.key"; }

make_admin_certificate() {
  openssl x509 -checkend 2592000 -noout -in "$pki/platform-admin.crt" >/dev/null 2>&1 ||
    certificate platform-admin "/O=system:masters/O=platform-admins/CN=platform-admin" "basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth"
}

make_pki() {
  make_ca
  make_server_certificate
  make_service_account_key
  make_front_proxy_key
  make_admin_certificate
  openssl verify -CAfile "$pki/ca.crt" "$pki/apiserver.crt" "$pki/platform-admin.crt" >/dev/null ||
    fail $E_PKI "the certificates in $pki do not belong together" "remove that folder (all issued kubeconfigs become void), then run ops/up"
}
