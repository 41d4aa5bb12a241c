package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watch;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads with the Java libraries. */
final class LibraryReads {

  private static final Duration SOON = Duration.ofSeconds(20);

  private LibraryReads() {}

  static void pages(Fabric8 place) {
    threeMaps(place);
    var maps = place.client().configMaps().inNamespace(place.namespace());
    var first = maps.withLabel("colour").list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(first.getItems()).hasSize(2);
    var rest =
        maps.withLabel("colour")
            .list(
                new ListOptionsBuilder()
                    .withLimit(2L)
                    .withContinue(first.getMetadata().getContinue())
                    .build());
    assertThat(rest.getItems()).hasSize(1);
    assertThat(rest.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  static void selects(Fabric8 place) {
    threeMaps(place);
    var maps = place.client().configMaps().inNamespace(place.namespace());
    assertThat(maps.withLabelIn("colour", "red", "blue").list().getItems()).hasSize(2);
    assertThat(maps.withField("metadata.name", "green").list().getItems()).hasSize(1);
    assertThat(maps.withName("none").get()).isNull();
  }

  static void watches(Fabric8 place) {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    var maps = place.client().configMaps().inNamespace(place.namespace());
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            seen.add(action + " " + map.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("CLOSED " + cause);
          }
        };
    try (var watch = maps.withLabel("colour").watch(watcher)) {
      threeMaps(place);
      maps.withName("red").edit(map -> new ConfigMapBuilder(map).addToData("n", "1").build());
      maps.withName("red").delete();
      Eventually.until(SOON, () -> seen, events -> events.contains("DELETED red"));
      assertThat(seen).contains("ADDED green", "MODIFIED red").noneMatch(e -> e.startsWith("CL"));
    }
  }

  static void informs(Fabric8 place) {
    var maps = place.client().configMaps().inNamespace(place.namespace());
    try (var informer = maps.inform()) {
      threeMaps(place);
      String key = place.namespace() + "/red";
      Eventually.until(SOON, () -> informer.getIndexer().getByKey(key), found -> found != null);
      maps.withName("red").delete();
      Eventually.until(SOON, () -> informer.getIndexer().list().size(), size -> size == 3);
    }
  }

  static void pages(OfficialJava place) throws Exception {
    threeMaps(place);
    var first = place.core().listNamespacedConfigMap(place.namespace()).limit(2).execute();
    assertThat(first.getItems()).hasSize(2);
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(2);
    var rest =
        place
            .core()
            .listNamespacedConfigMap(place.namespace())
            ._continue(first.getMetadata().getContinue())
            .execute();
    assertThat(rest.getItems()).hasSize(2);
  }

  static void selects(OfficialJava place) throws Exception {
    threeMaps(place);
    var maps = place.core().listNamespacedConfigMap(place.namespace());
    assertThat(maps.labelSelector("colour in (red,blue)").execute().getItems()).hasSize(2);
    var named = place.core().listNamespacedConfigMap(place.namespace());
    assertThat(named.fieldSelector("metadata.name=green").execute().getItems()).hasSize(1);
  }

  static void watches(OfficialJava place) throws Exception {
    var call =
        place
            .core()
            .listNamespacedConfigMap(place.namespace())
            .labelSelector("colour")
            .timeoutSeconds(20)
            .watch(true)
            .buildCall(null);
    var type = new com.google.gson.reflect.TypeToken<Watch.Response<V1ConfigMap>>() {}.getType();
    try (Watch<V1ConfigMap> watch = Watch.createWatch(place.client(), call, type)) {
      threeMaps(place);
      place.core().deleteNamespacedConfigMap("red", place.namespace()).execute();
      Queue<String> seen = new ConcurrentLinkedQueue<>();
      while (!seen.contains("DELETED red") && watch.hasNext()) {
        var event = watch.next();
        seen.add(event.type + " " + event.object.getMetadata().getName());
      }
      assertThat(seen).contains("ADDED red", "ADDED green", "ADDED blue", "DELETED red");
    }
  }

  static void informs(OfficialJava place) throws Exception {
    var factory = new SharedInformerFactory(place.client());
    SharedIndexInformer<V1ConfigMap> informer =
        factory.sharedIndexInformerFor(
            (CallGeneratorParams params) ->
                place
                    .core()
                    .listNamespacedConfigMap(place.namespace())
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .watch(params.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class);
    factory.startAllRegisteredInformers();
    try {
      Eventually.until(SOON, informer::hasSynced, synced -> synced);
      threeMaps(place);
      String key = place.namespace() + "/red";
      Eventually.until(SOON, () -> informer.getIndexer().getByKey(key), found -> found != null);
      place.core().deleteNamespacedConfigMap("red", place.namespace()).execute();
      Eventually.until(SOON, () -> informer.getIndexer().list().size(), size -> size == 3);
    } finally {
      factory.stopAllRegisteredInformers();
    }
  }

  private static void threeMaps(Fabric8 place) {
    for (String colour : new String[] {"red", "green", "blue"}) {
      place
          .client()
          .configMaps()
          .inNamespace(place.namespace())
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(colour)
                  .addToLabels("colour", colour)
                  .endMetadata()
                  .build())
          .create();
    }
  }

  private static void threeMaps(OfficialJava place) throws Exception {
    for (String colour : new String[] {"red", "green", "blue"}) {
      place
          .core()
          .createNamespacedConfigMap(
              place.namespace(),
              new V1ConfigMap()
                  .metadata(new V1ObjectMeta().name(colour).labels(Map.of("colour", colour))))
          .execute();
    }
  }
}
