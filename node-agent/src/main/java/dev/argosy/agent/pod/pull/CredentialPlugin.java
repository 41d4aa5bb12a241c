package dev.argosy.agent.pod.pull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that knows credentials of some registries.
 *
 * @param apiVersion of what it is asked and answers
 * @param keptFor how long its answers hold if they do not say it themselves
 */
record CredentialPlugin(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    String apiVersion,
    List<RegistryPattern> images,
    Duration keptFor) {

  CredentialPlugin {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    images = List.copyOf(images);
  }

  boolean knows(ImageName image) {
    return images.stream().anyMatch(pattern -> pattern.matches(image));
  }
}
