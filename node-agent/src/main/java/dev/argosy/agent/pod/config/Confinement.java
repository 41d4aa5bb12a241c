package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * Which system calls and files a container is kept from; its own settings win over its pod's. A
 * container that says nothing has the engine's filters.
 *
 * @param seccompFile a profile of the node; empty for none
 * @param appArmor a profile's name, or {@code unconfined}; empty for the engine's
 */
record Confinement(boolean seccompUnconfined, String seccompFile, String appArmor) {

  static Confinement of(PodView pod, ContainerView container, Path seccompProfiles)
      throws ConfigFailure {
    JsonNode own = container.tree().path("securityContext");
    JsonNode pods = pod.spec().path("securityContext");
    JsonNode seccomp = setting(own, pods, "seccompProfile");
    JsonNode appArmor = setting(own, pods, "appArmorProfile");
    return new Confinement(
        type(seccomp).equals("Unconfined"),
        type(seccomp).equals("Localhost") ? file(seccomp, seccompProfiles) : "",
        switch (type(appArmor)) {
          case "Unconfined" -> "unconfined";
          case "Localhost" -> appArmor.path("localhostProfile").asString("");
          default -> "";
        });
  }

  private static String type(JsonNode profile) {
    return profile.path("type").asString("");
  }

  private static String file(JsonNode seccomp, Path profiles) throws ConfigFailure {
    String name = seccomp.path("localhostProfile").asString("");
    Path file = profiles.resolve(name).normalize();
    if (name.isEmpty() || !file.startsWith(profiles)) {
      throw new ConfigFailure("seccomp profile \"" + name + "\" is not below " + profiles);
    }
    return file.toAbsolutePath().toString();
  }

  private static JsonNode setting(JsonNode own, JsonNode pods, String field) {
    return own.path(field).isObject() ? own.path(field) : pods.path(field);
  }
}
