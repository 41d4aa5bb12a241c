# Stand-ins for the images that the public suite names, made of Debian's packages and of given binaries, for
# machines that reach no registry. Existing images of these names are left as they are.
# shellcheck shell=bash

readonly suite_base=argosy/suite-base:1

# image_from NAME [FILE…]: builds from the Dockerfile on stdin, with the files beside it; local layers are shared.
image_from() {
  local name=$1 work
  shift
  has_image "$name" && return
  work=$(mktemp -d)
  cat >"$work/Dockerfile"
  [ $# = 0 ] || cp "$@" "$work"
  tar -C "$work" -c . | DOCKER_BUILDKIT=0 engine_cli build --quiet --tag "$name" - >"$logs/suite-images.log" 2>&1 || {
    last_lines "$logs/suite-images.log"
    fail $E_ENGINE "the engine did not build $name" "see $logs/suite-images.log"
  }
  rm -rf "$work"
  say "image $name made"
}

make_suite_base() { # a small Debian with the tools that the suite calls inside its pods
  has_image $suite_base && return
  local tree
  tree=$(mktemp -d)
  command -v debootstrap >/dev/null || PATH=$PATH:/usr/sbin command -v debootstrap >/dev/null ||
    fail $E_PACKAGES "debootstrap is missing" "apt-get install debootstrap"
  say "making a Debian for the suite's images (a minute or two)"
  as_root env PATH="$PATH:/usr/sbin:/sbin" debootstrap --variant=minbase \
    --include=curl,bind9-dnsutils,netcat-openbsd,iproute2,iptables,procps,etcd-server \
    "$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")" "$tree" >"$logs/suite-images.log" 2>&1 || {
    last_lines "$logs/suite-images.log"
    fail $E_PACKAGES "debootstrap failed" "see $logs/suite-images.log"
  }
  as_root tar -C "$tree" --numeric-owner --exclude=./var/cache/apt --exclude=./usr/share/doc --exclude=./usr/share/locale \
    --exclude=./var/lib/apt/lists -c . |
    engine_cli import -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - $suite_base >/dev/null
  as_root rm -rf "$tree"
}

# A shell that ends at once when asked to, around a program that as process 1 would not.
obedient() { printf "trap 'exit 0' TERM INT; %s & wait" "$1"; }

agnhost_image() { # NAME BINARY
  has_image "$1" && return
  local files
  files=$(mktemp -d)
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$files/localhost.key" -out "$files/localhost.crt" >"$logs/suite-images.log" 2>&1 ||
    fail $E_ENGINE "openssl made no certificate for $1" "see $logs/suite-images.log"
  image_from "$1" "$2" "$files/localhost.crt" "$files/localhost.key" <<DOCKERFILE
FROM $suite_base
RUN useradd -u 1000 -m user-defined-in-image && groupadd -g 50000 group-defined-in-image && \
  usermod -aG group-defined-in-image user-defined-in-image && mkdir /uploads
COPY $(basename "$2") /agnhost
COPY localhost.crt localhost.key /
COPY --from=$demo_image /bin/busybox /bin/busybox
RUN ln -s agnhost /agnhost-2 && ln -s /bin/busybox /usr/local/bin/netstat
EXPOSE 80 8080 8081 9376 5000
ENTRYPOINT ["/agnhost"]
CMD ["pause"]
DOCKERFILE
  rm -rf "$files"
}

# suite_image NAME: what it is made of goes by the last part of its name; false for those that have no stand-in.
suite_image() {
  local name=$1 short=${1##*/}
  case ${short%%:*} in
    agnhost | sample-apiserver) binary_image "$name" "${short%%:*}" ;;
    busybox) busybox_image "$name" ;;
    nonroot) printf 'FROM %s\nUSER 1234\nCMD ["sh"]\n' $demo_image | image_from "$name" ;;
    pause) printf 'FROM %s\nENTRYPOINT ["sh", "-c", "%s"]\n' $demo_image "$(obedient 'sleep 2147483647')" | image_from "$name" ;;
    nginx) printf 'FROM %s\nRUN mkdir -p /usr/share/nginx && cp -r /www /usr/share/nginx/html\nEXPOSE 80\nCMD ["sh", "-c", "%s"]\n' \
      $demo_image "$(obedient 'httpd -f -p 80 -h /usr/share/nginx/html')" | image_from "$name" ;;
    nonewprivs) printf 'FROM %s\nRUN install -m 4755 /usr/bin/id /usr/local/bin/nnp\nCMD ["sh", "-c", "echo Effective uid: $(nnp -u)"]\n' \
      $suite_base | image_from "$name" ;;
    nautilus | kitten) showing_image "$name" "${short%%:*}" ;;
    etcd) printf 'FROM %s\nRUN ln -s /usr/bin/etcd /usr/local/bin/etcd\n' $suite_base | image_from "$name" ;;
    jessie-dnsutils | ipc-utils | distroless-iptables) printf 'FROM %s\n' $suite_base | image_from "$name" ;;
    *) return 1 ;;
  esac
}

# A shell that is called by its name is bash: the one of Debian's busybox forgets variables whose names are no identifiers,
# which the suite looks for. As /bin/sh it is busybox's, whose words the suite looks for too.
busybox_image() {
  has_image "$1" && return
  local shell
  shell=$(tool bash-static bash-static) || exit $?
  printf 'FROM %s\nRUN for name in $(busybox --list); do [ -e /bin/$name ] || ln -s busybox /bin/$name; done\nCOPY bash-static /usr/local/bin/sh\nCMD ["sh"]\n' \
    $demo_image | image_from "$1" "$shell"
}

binary_image() { # NAME PROGRAM: from the binary of that name beside the suite's
  local binary
  binary=$(dirname "$suite")/$2
  [ -x "$binary" ] || return 1
  case $2 in
    agnhost) agnhost_image "$1" "$binary" ;;
    *) printf 'FROM scratch\nCOPY %s /%s\nENTRYPOINT ["/%s"]\n' "$2" "$2" "$2" | image_from "$1" "$binary" ;;
  esac
}

showing_image() { # NAME WHAT: agnhost serving one small file that tells which image it is
  [ -n "$suite_agnhost" ] || return 1
  printf 'FROM %s\nRUN echo %s >/data.json\nCMD ["test-webserver"]\n' "$suite_agnhost" "'{\"image\": \"$2.jpg\"}'" | image_from "$1"
}

make_suite_images() {
  local name images missing=""
  images=$("$suite" --list-images | sort) # agnhost before those that are made of it
  suite_agnhost=$(grep -m1 /e2e-test-images/agnhost: <<<"$images" || true)
  has_image $demo_image || fail $E_ENGINE "there is no image $demo_image" "run ops/up with a node first"
  make_suite_base
  # shellcheck disable=SC2013
  for name in $(grep -Ev '/sig-storage/|/cloud-provider|^invalid|authenticated|/volume/' <<<"$images"); do
    suite_image "$name" || missing+=" ${name##*/}"
  done
  [ -z "$missing" ] || say "no stand-in for:$missing"
}
