package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.PatchUtils;
import java.util.Map;

/** Writes with the Java libraries. */
final class LibraryWrites {

  private LibraryWrites() {}

  static void createsOnce(Fabric8 place) {
    resource(place, map("red")).create();
    assertThatThrownBy(() -> resource(place, map("red")).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("already exists");
  }

  static void refusesStale(Fabric8 place) {
    ConfigMap before = resource(place, map("red")).create();
    one(place).edit(map -> new ConfigMapBuilder(map).addToData("colour", "blue").build());
    ConfigMap late = new ConfigMapBuilder(before).addToData("colour", "green").build();
    var refused =
        catchThrowableOfType(KubernetesClientException.class, () -> resource(place, late).update());
    assertThat(refused.getCode()).isEqualTo(409);
  }

  static void patches(Fabric8 place) {
    resource(place, map("red")).create();
    one(place).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"a\":\"1\"}}");
    one(place).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"b\":\"2\"}}");
    ConfigMap after =
        one(place)
            .patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"add\",\"path\":\"/data/c\",\"value\":\"3\"}]");
    assertThat(after.getData()).containsEntry("a", "1").containsEntry("b", "2").containsKey("c");
  }

  static void appliesOnServer(Fabric8 place) {
    resource(place, map("red")).fieldManager("first").serverSideApply();
    assertThatThrownBy(() -> resource(place, map("blue")).fieldManager("second").serverSideApply())
        .hasMessageContaining("conflict with \"first\"");
    ConfigMap forced =
        resource(place, map("blue")).fieldManager("second").forceConflicts().serverSideApply();
    assertThat(forced.getData()).containsEntry("colour", "blue");
  }

  static void finalizes(Fabric8 place) {
    ConfigMap held =
        new ConfigMapBuilder(map("red"))
            .editMetadata()
            .addToFinalizers("example.com/hold")
            .endMetadata()
            .build();
    resource(place, held).create();
    one(place).delete();
    assertThat(one(place).get().isMarkedForDeletion()).isTrue();
    one(place)
        .edit(map ->
            new ConfigMapBuilder(map)
                .editMetadata()
                .removeFromFinalizers("example.com/hold")
                .endMetadata()
                .build());
    assertThat(one(place).get()).isNull();
  }

  private static Resource<ConfigMap> resource(Fabric8 place, ConfigMap map) {
    return place.client().configMaps().inNamespace(place.namespace()).resource(map);
  }

  private static Resource<ConfigMap> one(Fabric8 place) {
    return place.client().configMaps().inNamespace(place.namespace()).withName("one");
  }

  private static ConfigMap map(String colour) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("one")
        .endMetadata()
        .addToData("colour", colour)
        .build();
  }

  static void createsOnce(OfficialJava place) throws Exception {
    place.core().createNamespacedConfigMap(place.namespace(), javaMap("red")).execute();
    var refused =
        catchThrowableOfType(
            ApiException.class,
            () ->
                place
                    .core()
                    .createNamespacedConfigMap(place.namespace(), javaMap("red"))
                    .execute());
    assertThat(refused.getCode()).isEqualTo(409);
    assertThat(refused.getResponseBody()).contains("AlreadyExists");
  }

  static void refusesStale(OfficialJava place) throws Exception {
    var before = place.core().createNamespacedConfigMap(place.namespace(), javaMap("red"));
    V1ConfigMap late = before.execute();
    place.core().replaceNamespacedConfigMap("one", place.namespace(), javaMap("blue")).execute();
    late.putDataItem("colour", "green");
    var refused =
        catchThrowableOfType(
            ApiException.class,
            () ->
                place.core().replaceNamespacedConfigMap("one", place.namespace(), late).execute());
    assertThat(refused.getCode()).isEqualTo(409);
  }

  static void patches(OfficialJava place) throws Exception {
    place.core().createNamespacedConfigMap(place.namespace(), javaMap("red")).execute();
    patch(place, V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"data\":{\"a\":\"1\"}}");
    patch(place, V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"b\":\"2\"}}");
    V1ConfigMap after =
        patch(
            place,
            V1Patch.PATCH_FORMAT_JSON_PATCH,
            "[{\"op\":\"add\",\"path\":\"/data/c\",\"value\":\"3\"}]");
    assertThat(after.getData()).containsEntry("a", "1").containsEntry("b", "2").containsKey("c");
  }

  static void appliesOnServer(OfficialJava place) throws Exception {
    apply(place, "first", "red", false);
    assertThatThrownBy(() -> apply(place, "second", "blue", false))
        .isInstanceOf(ApiException.class);
    assertThat(apply(place, "second", "blue", true).getData()).containsEntry("colour", "blue");
  }

  private static V1ConfigMap patch(OfficialJava place, String format, String patch)
      throws ApiException {
    return PatchUtils.patch(
        V1ConfigMap.class,
        () ->
            place
                .core()
                .patchNamespacedConfigMap("one", place.namespace(), new V1Patch(patch))
                .buildCall(null),
        format,
        place.client());
  }

  private static V1ConfigMap apply(OfficialJava place, String manager, String colour, boolean force)
      throws ApiException {
    String body =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\"},"
            + "\"data\":{\"colour\":\""
            + colour
            + "\"}}";
    return PatchUtils.patch(
        V1ConfigMap.class,
        () ->
            place
                .core()
                .patchNamespacedConfigMap("one", place.namespace(), new V1Patch(body))
                .fieldManager(manager)
                .force(force)
                .buildCall(null),
        V1Patch.PATCH_FORMAT_APPLY_YAML,
        place.client());
  }

  private static V1ConfigMap javaMap(String colour) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name("one"))
        .data(Map.of("colour", colour));
  }
}
