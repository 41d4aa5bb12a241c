// The operations of the matrix with the JavaScript client: `node operations.mjs OPERATION`, in the namespace NAMESPACE
// of the cluster that KUBECONFIG names. Ends with 0 if the operation worked.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { readFileSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const library = `${process.env.TOOLS}/node/node_modules/@kubernetes/client-node/dist/index.js`;
const k8s = await import(pathToFileURL(library).href);
const namespace = process.env.NAMESPACE;
const config = new k8s.KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const core = config.makeApiClient(k8s.CoreV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);

const text = (file) => readFileSync(new URL(`../resources/matrix/${file}`, import.meta.url), 'utf8');
const map = (colour, name = 'one') => ({ metadata: { name, labels: { colour } }, data: { colour } });
const create = (body) => core.createNamespacedConfigMap({ namespace, body });
const read = () => core.readNamespacedConfigMap({ namespace, name: 'one' });

async function threeMaps() {
  for (const colour of ['red', 'green', 'blue']) await create(map(colour, colour));
}

async function until(what, question) {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(200)) {
    const answer = await question();
    if (answer) return answer;
  }
  throw new Error(`still not so: ${what}`);
}

async function refused(code, attempt) {
  try {
    await attempt();
  } catch (error) {
    assert.equal(error.code, code, error.message);
    return String(error.body ?? error.message);
  }
  throw new Error(`expected ${code}`);
}

async function talkingPod() {
  const command = ['sh', '-c', 'echo first line; echo second line; exec httpd -f -p 8080 -h /www'];
  const containers = [{ name: 'main', image: 'argosy/demo:1', command }];
  const body = { metadata: { name: 'talk' }, spec: { terminationGracePeriodSeconds: 1, containers } };
  await core.createNamespacedPod({ namespace, body });
  await until('ready', async () => {
    const pod = await core.readNamespacedPod({ namespace, name: 'talk' });
    return pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True');
  });
}

function collected() {
  const sink = new Writable({ write(chunk, _, done) { sink.text += chunk; done(); } });
  sink.text = '';
  return sink;
}

function patch(body, contentType, more = {}) {
  return core.patchNamespacedConfigMap({ namespace, name: 'one', body, ...more },
    k8s.setHeaderOptions('Content-Type', contentType));
}

const apply = (manager, colour, force) => patch(
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { colour } },
  k8s.PatchStrategy.ServerSideApply, { fieldManager: manager, force });

async function withWidgets(body) {
  const group = `${namespace}.example.com`;
  const definition = k8s.loadYaml(text('widgets.yaml').replaceAll('GROUP', group));
  const definitions = config.makeApiClient(k8s.ApiextensionsV1Api);
  await definitions.createCustomResourceDefinition({ body: definition });
  try {
    const widgets = { group, version: 'v1', namespace, plural: 'widgets' };
    const api = config.makeApiClient(k8s.CustomObjectsApi);
    await until('served', () => api.listNamespacedCustomObject(widgets).then(() => true, () => false));
    const make = (spec) => api.createNamespacedCustomObject({ ...widgets,
      body: { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'one' }, spec } });
    await body(api, widgets, make);
  } finally {
    await definitions.deleteCustomResourceDefinition({ name: definition.metadata.name });
  }
}

const operations = {
  async 'list kinds and versions'() {
    const groups = await config.makeApiClient(k8s.ApisApi).getAPIVersions();
    assert(groups.groups.some((g) => g.name === 'apps'));
    const apps = await config.makeApiClient(k8s.AppsV1Api).getAPIResources();
    assert(apps.resources.some((r) => r.name === 'statefulsets'));
  },

  async 'create, read and delete every kind'() {
    for (const one of k8s.loadAllYaml(text('every-kind.yaml'))) {
      one.metadata.namespace = namespace;
      const made = await objects.create(one);
      assert(made.metadata.uid, one.kind);
      await objects.read(one);
      await objects.delete(one);
    }
  },

  async 'refuse an unknown field'() {
    await create(map('red'));
    const unknown = { metadata: {}, colours: {} };
    const attempt = () => patch(unknown, k8s.PatchStrategy.MergePatch, { fieldValidation: 'Strict' });
    assert.match(await refused(422, attempt), /unknown field/);
  },

  async 'list in pages'() {
    await threeMaps();
    const first = await core.listNamespacedConfigMap({ namespace, limit: 2 });
    assert.equal(first.items.length, 2);
    const rest = await core.listNamespacedConfigMap({ namespace, _continue: first.metadata._continue });
    assert.equal(rest.items.length, 2);
  },

  async 'select by labels and fields'() {
    await threeMaps();
    const some = await core.listNamespacedConfigMap({ namespace, labelSelector: 'colour in (red,blue)' });
    assert.equal(some.items.length, 2);
    const one = await core.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=green' });
    assert.equal(one.items.length, 1);
  },

  async 'watch changes'() {
    const seen = [];
    const watch = await new k8s.Watch(config).watch(`/api/v1/namespaces/${namespace}/configmaps`, {},
      (type, object) => seen.push(`${type} ${object.metadata.name}`), () => {});
    await threeMaps();
    await core.deleteNamespacedConfigMap({ namespace, name: 'red' });
    await until('seen', () => ['ADDED red', 'ADDED blue', 'DELETED red'].every((e) => seen.includes(e)));
    watch.abort();
  },

  async "keep an informer's cache"() {
    const list = () => core.listNamespacedConfigMap({ namespace });
    const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, list);
    await informer.start();
    await threeMaps();
    await until('in the cache', () => informer.get('red', namespace));
    await core.deleteNamespacedConfigMap({ namespace, name: 'red' });
    await until('gone from the cache', () => !informer.get('red', namespace));
    await informer.stop();
  },

  async 'create once, not twice'() {
    await create(map('red'));
    assert.match(await refused(409, () => create(map('red'))), /AlreadyExists/);
  },

  async 'refuse a stale replace'() {
    const late = await create(map('red'));
    await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: map('blue') });
    late.data.colour = 'green';
    await refused(409, () => core.replaceNamespacedConfigMap({ namespace, name: 'one', body: late }));
  },

  async 'patch in three ways'() {
    await create(map('red'));
    await patch({ data: { a: '1' } }, k8s.PatchStrategy.StrategicMergePatch);
    await patch({ data: { b: '2' } }, k8s.PatchStrategy.MergePatch);
    await patch([{ op: 'add', path: '/data/c', value: '3' }], k8s.PatchStrategy.JsonPatch);
    assert.deepEqual((await read()).data, { colour: 'red', a: '1', b: '2', c: '3' });
  },

  async 'apply on the server, with conflicts'() {
    await apply('first', 'red');
    assert.match(await refused(409, () => apply('second', 'blue')), /conflict with/);
    assert.equal((await apply('second', 'blue', true)).data.colour, 'blue');
  },

  async 'hold back a deletion by a finalizer'() {
    const held = map('red');
    held.metadata.finalizers = ['example.com/hold'];
    await create(held);
    await core.deleteNamespacedConfigMap({ namespace, name: 'one' });
    assert((await read()).metadata.deletionTimestamp);
    await patch({ metadata: { finalizers: null } }, k8s.PatchStrategy.MergePatch);
    await refused(404, read);
  },

  async 'define a kind and use it'() {
    await withWidgets(async (api, widgets, make) => {
      assert.equal((await make({ colour: 'red' })).spec.count, 1);
      assert.equal((await api.listNamespacedCustomObject(widgets)).items.length, 1);
      await api.deleteNamespacedCustomObject({ ...widgets, name: 'one' });
    });
  },

  async 'refuse what its schema forbids'() {
    await withWidgets(async (api, widgets, make) => {
      assert.match(await refused(422, () => make({ colour: 'pink' })), /Unsupported value/);
      assert.match(await refused(422, () => make({ colour: 'red', count: 11 })), /more than ten/);
    });
  },

  async 'refuse a pod by the Pod Security Standards'() {
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    await core.patchNamespace({ name: namespace, body: { metadata: { labels } } },
      k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
    const spec = { hostNetwork: true, containers: [{ name: 'main', image: 'argosy/demo:1' }] };
    const body = { metadata: { name: 'mighty' }, spec };
    assert.match(await refused(403, () => core.createNamespacedPod({ namespace, body })), /PodSecurity/);
  },

  async 'ask what one may do'() {
    const review = { spec: { resourceAttributes: { namespace, verb: 'create', resource: 'pods' } } };
    const answer = await config.makeApiClient(k8s.AuthorizationV1Api).createSelfSubjectAccessReview({ body: review });
    assert.equal(answer.status.allowed, true);
  },

  async "ask for a service account's token"() {
    const body = { spec: { audiences: [], expirationSeconds: 900 } };
    const answer = await core.createNamespacedServiceAccountToken({ namespace, name: 'default', body });
    assert.equal(answer.status.token.split('.').length, 3);
  },

  async 'refuse what a quota does not allow'() {
    await core.createNamespacedResourceQuota({ namespace,
      body: { metadata: { name: 'few' }, spec: { hard: { 'count/secrets': '0' } } } });
    await until('in force', async () =>
      (await core.readNamespacedResourceQuota({ namespace, name: 'few' })).status?.hard);
    const body = { metadata: { name: 'one' } };
    assert.match(await refused(403, () => core.createNamespacedSecret({ namespace, body })), /exceeded quota: few/);
  },

  async 'refuse what is too large'() {
    const big = map('red');
    big.data.a = 'x'.repeat(3_500_000);
    await refused(413, () => create(big));
  },

  async 'read a log'() {
    await talkingPod();
    assert.equal(await core.readNamespacedPodLog({ namespace, name: 'talk' }), 'first line\nsecond line\n');
    const sink = collected();
    const log = await new k8s.Log(config).log(namespace, 'talk', 'main', sink, { follow: true });
    await until('followed', () => sink.text.includes('second line'));
    log.abort();
  },

  async 'run a command'() {
    await talkingPod();
    const out = collected();
    const input = new PassThrough();
    const ended = new Promise((done, fail) => {
      new k8s.Exec(config).exec(namespace, 'talk', 'main', ['sh', '-c', 'read a; echo $a; exit 3'],
        out, collected(), input, false, done).catch(fail);
    });
    input.write('typed\n');
    const status = await ended;
    assert.equal(status.details.causes.find((c) => c.reason === 'ExitCode').message, '3');
    assert.equal(out.text, 'typed\n');
  },

  async 'forward a port'() {
    await talkingPod();
    const forward = new k8s.PortForward(config);
    const server = net.createServer((socket) => {
      forward.portForward(namespace, 'talk', [8080], socket, null, socket).catch((e) => socket.destroy(e));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const page = await new Promise((done, fail) => {
      http.get({ host: '127.0.0.1', port: server.address().port, agent: false }, (answer) => {
        let body = '';
        answer.on('data', (chunk) => {
          body += chunk;
          if (body.includes('</h1>')) done(body);
        });
      }).on('error', fail);
    });
    assert.match(page, /Argosy demo/);
  },

  async 'read events'() {
    const body = { metadata: { name: 'told' }, reason: 'Told', type: 'Normal',
      involvedObject: { kind: 'Pod', namespace, name: 'none' } };
    await core.createNamespacedEvent({ namespace, body });
    const told = await core.listNamespacedEvent({ namespace, fieldSelector: 'reason=Told' });
    assert.equal(told.items.length, 1);
  },
};

const operation = operations[process.argv[2]];
if (!operation) throw new Error(`no operation ${process.argv[2]}`);
try {
  await operation();
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
