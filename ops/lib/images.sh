# The demo image, made on the spot since no registry may be reachable: a shell with busybox's tools, a web
# server with CGI among them.
# shellcheck shell=bash

readonly demo_image=argosy/demo:1

engine_cli() { as_root env PATH="$PATH:/usr/sbin:/sbin" docker -H "unix://$docker_socket" "$@"; }

has_image() {
  if on_containerd; then
    [ -n "$(ctr_cli images ls -q "name==docker.io/$1" 2>/dev/null)" ]
  else
    engine_cli image inspect "$1" >/dev/null 2>&1
  fi
}

tool() { # COMMAND PACKAGE -> a static binary, from the machine or unpacked from the package
  local path folder=$parts/tools
  for path in "/bin/$1" "/usr/bin/$1" "$folder/bin/$1" "$folder/usr/bin/$1"; do
    if [ -x "$path" ] && ! ldd "$path" >/dev/null 2>&1; then
      echo "$path"
      return
    fi
  done
  unpack_package "$2" "$folder"
  find "$folder" -type f -perm -100 -name "$1" | head -1
}

make_demo_tree() {
  local tree=$1 busybox=$2 applet
  mkdir -p "$tree"/{bin,sbin,usr/bin,usr/sbin,etc,tmp,www,root,home/demo,var/run,proc,sys,dev}
  cp "$busybox" "$tree/bin/busybox"
  for applet in $("$busybox" --list-full); do
    [ "$applet" = bin/busybox ] || ln -s /bin/busybox "$tree/$applet" 2>/dev/null || true
  done
  printf 'root:x:0:0:root:/root:/bin/sh\ndemo:x:1000:1000:demo:/home/demo:/bin/sh\n' >"$tree/etc/passwd"
  printf 'root:x:0:\ndemo:x:1000:\n' >"$tree/etc/group"
  echo '<!doctype html><title>Argosy demo</title><h1>Argosy demo</h1><p>This page is served from a pod.</p>' \
    >"$tree/www/index.html"
  chmod 1777 "$tree/tmp"
}

make_images() {
  [ "$with_node" = yes ] || return 0
  local work busybox init
  if ! has_image $demo_image; then
    work=$(mktemp -d)
    busybox=$(tool busybox busybox-static) || exit $?
    make_demo_tree "$work" "$busybox"
    if on_containerd; then
      import_image $demo_image "$work" <<'CONFIGURATION'
{"Env": ["PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], "WorkingDir": "/", "ExposedPorts": {"8080/tcp": {}},
 "Cmd": ["sh", "-c", "trap \"exit 0\" TERM; httpd -f -v -p 8080 -h /www & wait"]}
CONFIGURATION
    else
      tar -C "$work" --owner=0 --group=0 --numeric-owner -c . |
        engine_cli import -c 'ENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' -c 'WORKDIR /' -c 'EXPOSE 8080' \
          -c 'CMD ["sh","-c","trap \"exit 0\" TERM; httpd -f -v -p 8080 -h /www & wait"]' - $demo_image >/dev/null ||
        fail $E_ENGINE "the engine refused the image $demo_image" "is the disk full? see docker info"
    fi
    rm -rf "$work"
    say "image $demo_image made"
  fi
}
