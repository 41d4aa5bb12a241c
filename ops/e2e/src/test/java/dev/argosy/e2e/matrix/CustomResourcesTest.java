package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.util.Yaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Kinds that tenants define themselves. */
class CustomResourcesTest {

  private static final String USE = "define a kind and use it";
  private static final String REFUSE = "refuse what its schema forbids";

  @TestFactory
  Stream<DynamicTest> customResources() {
    return new Part("Custom resources")
        .kubectl(USE, space -> defined(space, CustomResourcesTest::uses))
        .kubectl(REFUSE, space -> defined(space, CustomResourcesTest::refuses))
        .kubectl("scale a custom resource", space -> defined(space, CustomResourcesTest::scales))
        .kubectl("explain a custom kind", space -> defined(space, CustomResourcesTest::explains))
        .kubectl("read another version", space -> defined(space, CustomResourcesTest::converts))
        .kubectlSince(
            28, "write status apart", space -> defined(space, CustomResourcesTest::status))
        .kubectl(
            "apply a custom resource on the server",
            space -> defined(space, CustomResourcesTest::appliesOnServer))
        .fabric8(USE, CustomResourcesTest::uses)
        .java(USE, CustomResourcesTest::uses)
        .script(Script.javascript(), USE, REFUSE)
        .script(Script.python(), USE, REFUSE)
        .tests();
  }

  private static void defined(Space space, Part.Operation<Space> body) throws Exception {
    String definition = Text.widgets(space.name());
    space.with(definition, "create", "-f", "-").orFail();
    try {
      space.run("wait", crd(space), "--for=condition=Established", "--timeout=30s");
      body.run(space);
    } finally {
      space.run("delete", crd(space), "--wait=false");
    }
  }

  private static void uses(Space space) {
    String loose = Text.widget(space.name(), "{colour: red, unknown: pruned}");
    space.with(loose, "create", "--validate=false", "-f", "-").orFail();
    assertThat(get(space, "{.spec.count} {.spec.unknown}").strip()).isEqualTo("1");
    assertThat(space.run("get", kind(space))).contains("COLOUR", "red");
    assertThat(space.run("get", kind(space), "--field-selector=spec.colour=blue", "-o", "name"))
        .isEmpty();
    space.run("patch", kind(space), "one", "--type=merge", "-p", "{\"spec\":{\"count\":3}}");
    assertThat(get(space, "{.metadata.generation}")).isEqualTo("2");
    assertThat(space.run("delete", kind(space), "one")).contains("deleted");
  }

  private static void refuses(Space space) {
    assertThat(create(space, "{colour: pink}").err()).contains("Unsupported value", "\"red\"");
    assertThat(create(space, "{count: 1}").err()).contains("colour");
    assertThat(create(space, "{colour: red, count: 11}").err())
        .contains("more than ten are too many");
  }

  private static Program.Result create(Space space, String spec) {
    return space.with(Text.widget(space.name(), spec), "create", "--validate=false", "-f", "-");
  }

  private static void scales(Space space) {
    space.apply(Text.widget(space.name(), "{colour: red}"));
    space.run("scale", kind(space) + "/one", "--replicas=4");
    assertThat(get(space, "{.spec.count}")).isEqualTo("4");
  }

  private static void explains(Space space) {
    String version = "--api-version=" + Text.group(space.name()) + "/v1";
    assertThat(space.run("explain", "widgets.spec.colour", version)).contains("What it looks like");
  }

  private static void converts(Space space) {
    space.apply(Text.widget(space.name(), "{colour: red}"));
    String other = "widgets.v1beta1." + Text.group(space.name());
    assertThat(space.run("get", other, "one", "-o", "yaml"))
        .contains("apiVersion: " + Text.group(space.name()) + "/v1beta1", "colour: red");
  }

  private static void status(Space space) {
    space.apply(Text.widget(space.name(), "{colour: red}"));
    space.run(
        "patch",
        kind(space),
        "one",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"made\":2},\"spec\":{\"colour\":\"blue\"}}");
    assertThat(get(space, "{.status.made} {.spec.colour} {.metadata.generation}"))
        .isEqualTo("2 red 1");
  }

  private static void appliesOnServer(Space space) {
    String[] apply = {"apply", "--server-side", "--field-manager=first", "-f", "-"};
    space.with(Text.widget(space.name(), "{colour: red, count: 2}"), apply).orFail();
    space.with(Text.widget(space.name(), "{colour: red}"), apply).orFail();
    assertThat(get(space, "{.spec.count}")).isEqualTo("1");
  }

  private static void uses(Fabric8 place) {
    byte[] text = Text.widgets(place.namespace()).getBytes(StandardCharsets.UTF_8);
    var definition =
        place
            .client()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(new ByteArrayInputStream(text));
    definition.create();
    try {
      definition.waitUntilCondition(
          crd ->
              crd.getStatus() != null
                  && crd.getStatus().getConditions().stream()
                      .anyMatch(c -> c.getType().equals("Established")),
          30,
          TimeUnit.SECONDS);
      usesDefined(place);
    } finally {
      definition.delete();
    }
  }

  private static void usesDefined(Fabric8 place) {
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup(Text.group(place.namespace()))
            .withVersion("v1")
            .withKind("Widget")
            .withPlural("widgets")
            .withNamespaced(true)
            .build();
    var widgets = place.client().genericKubernetesResources(context).inNamespace(place.namespace());
    GenericKubernetesResource made =
        widgets
            .load(
                new ByteArrayInputStream(
                    Text.widget(place.namespace(), "{colour: red}")
                        .getBytes(StandardCharsets.UTF_8)))
            .create();
    assertThat(made.<Integer>get("spec", "count")).isEqualTo(1);
    var refused =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                widgets
                    .withName("one")
                    .edit(widget -> {
                      widget.setAdditionalProperty("spec", Map.of("colour", "pink"));
                      return widget;
                    }));
    assertThat(refused.getCode()).isEqualTo(422);
    assertThat(widgets.list().getItems()).hasSize(1);
    widgets.withName("one").delete();
  }

  /** The definition as a tree: this client's own class for schemas fills in what is forbidden. */
  private static void uses(OfficialJava place) throws Exception {
    var objects = new CustomObjectsApi(place.client());
    Object definition = Yaml.loadAs(Text.widgets(place.namespace()), Map.class);
    String group = "apiextensions.k8s.io";
    String plural = "customresourcedefinitions";
    objects.createClusterCustomObject(group, "v1", plural, definition).execute();
    try {
      Eventually.until(Duration.ofSeconds(30), () -> served(place), served -> served);
      usesDefined(place);
    } finally {
      String name = "widgets." + Text.group(place.namespace());
      objects.deleteClusterCustomObject(group, "v1", plural, name).execute();
    }
  }

  private static boolean served(OfficialJava place) {
    try {
      var objects = new CustomObjectsApi(place.client());
      String group = Text.group(place.namespace());
      objects.listNamespacedCustomObject(group, "v1", place.namespace(), "widgets").execute();
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  private static void usesDefined(OfficialJava place) throws ApiException {
    var objects = new CustomObjectsApi(place.client());
    String group = Text.group(place.namespace());
    Object widget = Yaml.loadAs(Text.widget(place.namespace(), "{colour: red}"), Map.class);
    objects
        .createNamespacedCustomObject(group, "v1", place.namespace(), "widgets", widget)
        .execute();
    Object read =
        objects
            .getNamespacedCustomObject(group, "v1", place.namespace(), "widgets", "one")
            .execute();
    assertThat(read.toString()).contains("count=1");
    objects
        .deleteNamespacedCustomObject(group, "v1", place.namespace(), "widgets", "one")
        .execute();
  }

  private static String kind(Space space) {
    return "widgets." + Text.group(space.name());
  }

  private static String crd(Space space) {
    return "crd/" + kind(space);
  }

  private static String get(Space space, String jsonPath) {
    return space.run("get", kind(space), "one", "-o", "jsonpath=" + jsonPath);
  }
}
