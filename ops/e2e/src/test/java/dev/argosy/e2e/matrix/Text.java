package dev.argosy.e2e.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The objects that operations write, from files beside the tests. */
final class Text {

  private Text() {}

  static String of(String file) {
    try (var in = Text.class.getResourceAsStream("/matrix/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A custom kind of its own group for a namespace. */
  static String widgets(String namespace) {
    return of("widgets.yaml").replace("GROUP", group(namespace));
  }

  static String group(String namespace) {
    return namespace + ".example.com";
  }

  static String configMap(String name, String colour) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %s, labels: {colour: %s}}
    data: {colour: %s}
    """
        .formatted(name, colour, colour);
  }

  static String widget(String namespace, String spec) {
    return """
    apiVersion: %s/v1
    kind: Widget
    metadata: {name: one}
    spec: %s
    """
        .formatted(group(namespace), spec);
  }

  /** A pod that says something and then waits to be talked to. */
  static String talkingPod() {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: talk, labels: {app: talk}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: argosy/demo:1
        command: [sh, -c, "echo first line; echo second line; exec httpd -f -p 8080 -h /www"]
    """;
  }
}
