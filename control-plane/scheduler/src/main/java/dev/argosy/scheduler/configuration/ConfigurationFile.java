package dev.argosy.scheduler.configuration;

import dev.argosy.scheduler.extender.Extender;
import dev.argosy.scheduler.extender.ExtenderReader;
import dev.argosy.scheduler.profile.ProfilesReader;
import dev.argosy.scheduler.profile.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    for (String field : tree.propertyNames()) {
      switch (field) {
        case "apiVersion", "kind", "metadata", "profiles", "extenders" -> {}
        default -> file.wrong(field, "is not served here; profiles and extenders are");
      }
    }
    List<Extender> extenders = new ArrayList<>();
    Set<String> ignored = new HashSet<>();
    for (Section entry : file.list("extenders")) {
      ExtenderReader.read(entry, ignored).ifPresent(extenders::add);
    }
    Configuration read = new Configuration(ProfilesReader.read(file, ignored), extenders);
    file.throwIfWrong();
    return read;
  }
}
