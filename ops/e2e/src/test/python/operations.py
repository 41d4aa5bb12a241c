"""The operations of the matrix with the Python client: `python3 operations.py OPERATION`, in the namespace NAMESPACE of
the cluster that KUBECONFIG names. Ends with 0 if the operation worked."""
import json
import os
import pathlib
import re
import sys
import time

import yaml
from kubernetes import client, config, dynamic, stream, watch

config.load_kube_config(config_file=os.environ["KUBECONFIG"])
namespace = os.environ["NAMESPACE"]
core = client.CoreV1Api()
operations = {}


def operation(name):
    def named(body):
        operations[name] = body
        return body

    return named


def text(file):
    return (pathlib.Path(__file__).parent.parent / "resources/matrix" / file).read_text()


def config_map(colour, name="one"):
    return {"metadata": {"name": name, "labels": {"colour": colour}}, "data": {"colour": colour}}


def create(body):
    return core.create_namespaced_config_map(namespace, body)


def read():
    return core.read_namespaced_config_map("one", namespace)


def three_maps():
    for colour in ("red", "green", "blue"):
        create(config_map(colour, colour))


def until(what, question):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"still not so: {what}")


def refused(code, attempt):
    try:
        attempt()
    except client.ApiException as error:
        assert error.status == code, error
        return str(error.body)
    raise AssertionError(f"expected {code}")


def equal(got, wanted):
    assert got == wanted, f"{got!r} is not {wanted!r}"


def found(pattern, said):
    assert re.search(pattern, said), f"no {pattern} in {said}"


def talking_pod():
    command = ["sh", "-c", "echo first line; echo second line; exec httpd -f -p 8080 -h /www"]
    containers = [{"name": "main", "image": "argosy/demo:1", "command": command}]
    spec = {"terminationGracePeriodSeconds": 1, "containers": containers}
    core.create_namespaced_pod(namespace, {"metadata": {"name": "talk"}, "spec": spec})
    until("ready", lambda: any(c.type == "Ready" and c.status == "True"
                               for c in core.read_namespaced_pod("talk", namespace).status.conditions or []))


def any_kind(api_version, kind):
    return dynamic.DynamicClient(core.api_client).resources.get(api_version=api_version, kind=kind)


def patch(body, content_type, **more):
    """In any form: the typed call chooses between two by the body."""
    return any_kind("v1", "ConfigMap").patch(
        body=body, name="one", namespace=namespace, content_type=content_type, **more)


def apply(manager, colour, force=None):
    """As text, since this version encodes no other body of this type."""
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "data": {"colour": colour}}
    return any_kind("v1", "ConfigMap").server_side_apply(
        body=json.dumps(body), name="one", namespace=namespace, field_manager=manager, force_conflicts=force)


class Widgets:
    """A kind of the namespace's own, for as long as it is entered."""

    def __enter__(self):
        self.group = f"{namespace}.example.com"
        self.where = (self.group, "v1", namespace, "widgets")
        self.api = client.CustomObjectsApi()
        definition = yaml.safe_load(text("widgets.yaml").replace("GROUP", self.group))
        client.ApiextensionsV1Api().create_custom_resource_definition(definition)
        until("served", self.served)
        return self

    def __exit__(self, *_):
        client.ApiextensionsV1Api().delete_custom_resource_definition(f"widgets.{self.group}")

    def served(self):
        try:
            return self.list()
        except client.ApiException:
            return None

    def list(self):
        return self.api.list_namespaced_custom_object(*self.where)

    def make(self, **spec):
        body = {"apiVersion": f"{self.group}/v1", "kind": "Widget", "metadata": {"name": "one"}, "spec": spec}
        return self.api.create_namespaced_custom_object(*self.where, body)


@operation("list kinds and versions")
def discovers():
    assert any(group.name == "apps" for group in client.ApisApi().get_api_versions().groups)
    assert any(one.name == "statefulsets" for one in client.AppsV1Api().get_api_resources().resources)
    equal(client.VersionApi().get_code().minor, "35")


@operation("create, read and delete every kind")
def makes_every_kind():
    for one in yaml.safe_load_all(text("every-kind.yaml")):
        kind = any_kind(one["apiVersion"], one["kind"])
        name = one["metadata"]["name"]
        assert kind.create(body=one, namespace=namespace).metadata.uid, one["kind"]
        equal(kind.get(name=name, namespace=namespace).metadata.name, name)
        kind.delete(name=name, namespace=namespace)


@operation("refuse an unknown field")
def refuses_unknown():
    create(config_map("red"))
    strict = [("fieldValidation", "Strict")]
    found("unknown field", refused(422, lambda: patch(
        {"colours": {}}, "application/merge-patch+json", query_params=strict)))


@operation("list in pages")
def pages():
    three_maps()
    first = core.list_namespaced_config_map(namespace, limit=2)
    equal((len(first.items), first.metadata.remaining_item_count), (2, 2))
    equal(len(core.list_namespaced_config_map(namespace, _continue=first.metadata._continue).items), 2)


@operation("select by labels and fields")
def selects():
    three_maps()
    equal(len(core.list_namespaced_config_map(namespace, label_selector="colour in (red,blue)").items), 2)
    equal(len(core.list_namespaced_config_map(namespace, field_selector="metadata.name=green").items), 1)


@operation("watch changes")
def watches():
    create(config_map("red", "red"))
    seen = []
    watcher = watch.Watch()
    for event in watcher.stream(core.list_namespaced_config_map, namespace, label_selector="colour", timeout_seconds=60):
        seen.append(f"{event['type']} {event['object'].metadata.name}")
        if seen[-1] == "ADDED red":
            create(config_map("blue", "blue"))
            core.patch_namespaced_config_map("red", namespace, {"data": {"n": "1"}})
            core.delete_namespaced_config_map("red", namespace)
        if seen[-1] == "DELETED red":
            watcher.stop()
    equal(seen, ["ADDED red", "ADDED blue", "MODIFIED red", "DELETED red"])


@operation("create once, not twice")
def creates_once():
    create(config_map("red"))
    found("AlreadyExists", refused(409, lambda: create(config_map("red"))))


@operation("refuse a stale replace")
def refuses_stale():
    late = create(config_map("red"))
    core.replace_namespaced_config_map("one", namespace, config_map("blue"))
    late.data["colour"] = "green"
    refused(409, lambda: core.replace_namespaced_config_map("one", namespace, late))


@operation("patch in three ways")
def patches():
    create(config_map("red"))
    core.patch_namespaced_config_map("one", namespace, {"data": {"a": "1"}})
    patch({"data": {"b": "2"}}, "application/merge-patch+json")
    core.patch_namespaced_config_map("one", namespace, [{"op": "add", "path": "/data/c", "value": "3"}])
    equal(read().data, {"colour": "red", "a": "1", "b": "2", "c": "3"})


@operation("apply on the server, with conflicts")
def applies_on_server():
    apply("first", "red")
    found("conflict with", refused(409, lambda: apply("second", "blue")))
    equal(apply("second", "blue", force=True).data.colour, "blue")


@operation("hold back a deletion by a finalizer")
def finalizes():
    held = config_map("red")
    held["metadata"]["finalizers"] = ["example.com/hold"]
    create(held)
    core.delete_namespaced_config_map("one", namespace)
    assert read().metadata.deletion_timestamp
    core.patch_namespaced_config_map("one", namespace, {"metadata": {"finalizers": None}})
    refused(404, read)


@operation("define a kind and use it")
def uses_widgets():
    with Widgets() as widgets:
        equal(widgets.make(colour="red")["spec"]["count"], 1)
        equal(len(widgets.list()["items"]), 1)
        widgets.api.delete_namespaced_custom_object(*widgets.where, "one")


@operation("refuse what its schema forbids")
def refuses_widgets():
    with Widgets() as widgets:
        found("Unsupported value", refused(422, lambda: widgets.make(colour="pink")))
        found("more than ten", refused(422, lambda: widgets.make(colour="red", count=11)))


@operation("refuse a pod by the Pod Security Standards")
def refuses_mighty():
    core.patch_namespace(namespace, {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}})
    spec = {"hostNetwork": True, "containers": [{"name": "main", "image": "argosy/demo:1"}]}
    pod = {"metadata": {"name": "mighty"}, "spec": spec}
    found("PodSecurity", refused(403, lambda: core.create_namespaced_pod(namespace, pod)))


@operation("ask what one may do")
def asks():
    asked = {"namespace": namespace, "verb": "create", "resource": "pods"}
    review = {"spec": {"resourceAttributes": asked}}
    assert client.AuthorizationV1Api().create_self_subject_access_review(review).status.allowed


@operation("ask for a service account's token")
def makes_token():
    body = {"spec": {"audiences": [], "expirationSeconds": 900}}
    answer = core.create_namespaced_service_account_token("default", namespace, body)
    equal(len(answer.status.token.split(".")), 3)


@operation("refuse what a quota does not allow")
def keeps_quota():
    quota = {"metadata": {"name": "few"}, "spec": {"hard": {"count/secrets": "0"}}}
    core.create_namespaced_resource_quota(namespace, quota)
    until("in force", lambda: core.read_namespaced_resource_quota("few", namespace).status.hard)
    secret = {"metadata": {"name": "one"}}
    found("exceeded quota: few", refused(403, lambda: core.create_namespaced_secret(namespace, secret)))


@operation("refuse what is too large")
def refuses_large():
    refused(413, lambda: create(config_map("red") | {"data": {"a": "x" * 3_500_000}}))


@operation("read a log")
def reads_log():
    talking_pod()
    equal(core.read_namespaced_pod_log("talk", namespace), "first line\nsecond line\n")
    follower = watch.Watch()
    for line in follower.stream(core.read_namespaced_pod_log, "talk", namespace):
        if line == "second line":
            follower.stop()


@operation("run a command")
def executes():
    talking_pod()
    session = stream.stream(
        core.connect_get_namespaced_pod_exec, "talk", namespace, command=["sh", "-c", "read a; echo $a; exit 3"],
        stdin=True, stdout=True, stderr=True, tty=False, _preload_content=False)
    session.write_stdin("typed\n")
    session.run_forever(timeout=60)
    equal((session.read_stdout(), session.returncode), ("typed\n", 3))


@operation("forward a port")
def forwards():
    talking_pod()
    forward = stream.portforward(core.connect_get_namespaced_pod_portforward, "talk", namespace, ports="8080")
    socket = forward.socket(8080)
    socket.settimeout(60)
    socket.sendall(b"GET / HTTP/1.0\r\nHost: talk\r\n\r\n")
    said = b""
    while b"Argosy demo" not in said:
        part = socket.recv(4096)
        assert part, f"ended after {said} with {forward.error(8080)}"
        said += part
    socket.close()


@operation("read events")
def reads_events():
    involved = {"kind": "Pod", "namespace": namespace, "name": "none"}
    core.create_namespaced_event(
        namespace, {"metadata": {"name": "told"}, "reason": "Told", "type": "Normal", "involvedObject": involved})
    equal(len(core.list_namespaced_event(namespace, field_selector="reason=Told").items), 1)


operations[sys.argv[1]]()
