package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.PodView;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a {@code KubeSchedulerConfiguration} of {@code kubescheduler.config.k8s.io}. */
public final class ConfigurationFile {

  private ConfigurationFile() {}

  /**
   * What a file says, from the tree that it is.
   *
   * @throws IllegalArgumentException with all that is wrong, and where, one a line
   */
  public static Configuration read(JsonNode tree) {
    Section file = Section.whole(tree);
    if (!file.text("kind", "").equals("KubeSchedulerConfiguration")
        || !file.text("apiVersion", "").equals("kubescheduler.config.k8s.io/v1")) {
      file.wrong("must be a KubeSchedulerConfiguration of kubescheduler.config.k8s.io/v1");
      file.throwIfWrong();
    }
    for (String field : file.node().propertyNames()) {
      switch (field) {
        case "apiVersion", "kind", "metadata", "profiles" -> {}
        default -> file.wrong(field, "is not served here; profiles are");
      }
    }
    Configuration read = new Configuration(profiles(file));
    file.throwIfWrong();
    return read;
  }

  private static Profiles profiles(Section file) {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (Section entry : file.list("profiles")) {
      entry.known("schedulerName", "plugins", "pluginConfig", "percentageOfNodesToScore");
      if (entry.has("percentageOfNodesToScore")) {
        entry.wrong(
            "percentageOfNodesToScore",
            "is not served: how many nodes are looked at follows from how many there are");
      }
      String name = entry.text("schedulerName", PodView.SCHEDULER);
      Profile profile =
          new Profile(
              name,
              PluginsReader.read(entry.field("plugins")),
              ArgumentsReader.read(entry.list("pluginConfig")));
      if (name.isEmpty()) {
        entry.wrong("schedulerName", "must not be empty");
      } else if (profiles.put(name, profile) != null) {
        entry.wrong("schedulerName", "there is another profile \"" + name + "\"");
      }
    }
    return new Profiles(profiles.values());
  }
}
