package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Space;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Getting, listing and watching. */
class ReadsTest {

  static final String PAGES = "list in pages";
  static final String SELECT = "select by labels and fields";
  static final String WATCH = "watch changes";
  static final String INFORM = "keep an informer's cache";

  @TestFactory
  Stream<DynamicTest> reads() {
    return new Part("Reads")
        .kubectl("print in every form", ReadsTest::prints)
        .kubectl(SELECT, ReadsTest::selects)
        .kubectl(PAGES, ReadsTest::pages)
        .kubectl("sort and look into all namespaces", ReadsTest::sorts)
        .kubectl(WATCH, ReadsTest::watches)
        .kubectl("describe", ReadsTest::describes)
        .kubectl("be told what is not there", ReadsTest::misses)
        .kubectlSince(28, "read a subresource", ReadsTest::readsSubresource)
        .fabric8(PAGES, LibraryReads::pages)
        .fabric8(SELECT, LibraryReads::selects)
        .fabric8(WATCH, LibraryReads::watches)
        .fabric8(INFORM, LibraryReads::informs)
        .java(PAGES, LibraryReads::pages)
        .java(SELECT, LibraryReads::selects)
        .java(WATCH, LibraryReads::watches)
        .java(INFORM, LibraryReads::informs)
        .script(Script.javascript(), PAGES, SELECT, WATCH, INFORM)
        .script(Script.python(), PAGES, SELECT, WATCH)
        .tests();
  }

  private static void prints(Space space) {
    threeMaps(space);
    assertThat(space.run("get", "configmaps")).contains("NAME", "DATA", "AGE");
    assertThat(space.run("get", "cm", "-o", "wide", "--show-labels")).contains("colour=red");
    assertThat(space.run("get", "cm", "red", "-o", "json")).contains("\"kind\": \"ConfigMap\"");
    assertThat(space.run("get", "cm", "red", "-o", "yaml")).contains("kind: ConfigMap");
    assertThat(space.run("get", "cm", "red", "-o", "name").strip()).isEqualTo("configmap/red");
    assertThat(space.run("get", "cm", "red", "-o", "jsonpath={.data.colour}")).isEqualTo("red");
    assertThat(space.run("get", "cm", "red", "-o", "go-template={{.data.colour}}"))
        .isEqualTo("red");
    assertThat(space.run("get", "cm", "-o", "custom-columns=WHAT:.data.colour"))
        .contains("WHAT", "blue");
    assertThat(space.run("get", "cm", "-L", "colour")).contains("COLOUR", "green");
    assertThat(space.run("get", "cm,sa", "-o", "name")).contains("serviceaccount/default");
  }

  private static void selects(Space space) {
    threeMaps(space);
    assertThat(names(space, "-l", "colour in (red,blue)")).isEqualTo("blue red");
    assertThat(names(space, "-l", "colour!=red,colour")).isEqualTo("blue green");
    assertThat(names(space, "--field-selector", "metadata.name=green")).isEqualTo("green");
    assertThat(space.tryRun("get", "cm", "--field-selector", "data.colour=red").err())
        .contains("BadRequest", "is not a known field selector");
  }

  private static void pages(Space space) {
    threeMaps(space);
    assertThat(space.run("get", "cm", "--chunk-size=1", "-o", "name").lines())
        .contains("configmap/blue", "configmap/green", "configmap/red");
    String page =
        space.run("get", "--raw", "/api/v1/namespaces/" + space.name() + "/configmaps?limit=1");
    assertThat(page).contains("\"continue\":", "\"remainingItemCount\":3");
  }

  private static void sorts(Space space) {
    threeMaps(space);
    assertThat(space.run("get", "cm", "-l", "colour", "--sort-by={.data.colour}", "--no-headers"))
        .containsSubsequence("blue", "green", "red");
    assertThat(space.run("get", "cm", "-A", "-l", "colour")).contains(space.name());
  }

  private static void watches(Space space) {
    CompletableFuture<String> seen =
        CompletableFuture.supplyAsync(() ->
            space
                .tryRun(
                    "get",
                    "cm",
                    "--watch",
                    "--output-watch-events",
                    "--request-timeout=6s",
                    "-l",
                    "colour")
                .out());
    space.apply(Text.configMap("seen", "red"));
    Eventually.until(
        Duration.ofSeconds(30),
        () -> {
          space.run("annotate", "--overwrite", "cm", "seen", "n=" + System.nanoTime());
          return seen.isDone();
        },
        done -> done);
    assertThat(seen.join()).contains("ADDED", "MODIFIED", "seen");
  }

  private static void describes(Space space) {
    threeMaps(space);
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    assertThat(space.run("describe", "cm", "red")).contains("Name:", "colour:");
    assertThat(space.run("describe", "deployment", "web")).contains("Replicas:", "RollingUpdate");
    assertThat(space.run("describe", "namespace", space.name())).contains("Active");
    assertThat(space.run("describe", "nodes")).contains("Allocatable");
  }

  private static void misses(Space space) {
    assertThat(space.tryRun("get", "cm", "none").err())
        .contains("Error from server (NotFound): configmaps \"none\" not found");
    assertThat(space.run("get", "cm", "none", "--ignore-not-found")).isEmpty();
    assertThat(space.tryRun("get", "nothings").err())
        .contains("the server doesn't have a resource type \"nothings\"");
  }

  private static void readsSubresource(Space space) {
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    assertThat(space.run("get", "deployment", "web", "--subresource=scale", "-o", "yaml"))
        .contains("kind: Scale");
    assertThat(space.run("get", "deployment", "web", "--subresource=status", "-o", "name"))
        .contains("web");
  }

  private static void threeMaps(Space space) {
    space.apply(
        String.join(
            "\n---\n",
            Text.configMap("red", "red"),
            Text.configMap("green", "green"),
            Text.configMap("blue", "blue")));
  }

  private static String names(Space space, String... selection) {
    String[] command =
        Stream.concat(
                Stream.of("get", "cm", "-o", "jsonpath={.items[*].metadata.name}"),
                Stream.of(selection))
            .toArray(String[]::new);
    return space.run(command);
  }
}
