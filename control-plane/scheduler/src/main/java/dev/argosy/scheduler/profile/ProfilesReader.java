package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.PodView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the profiles of a file. */
public final class ProfilesReader {

  private ProfilesReader() {}

  /**
   * Those of the whole file; what is wrong is told to it.
   *
   * @param ignored resources that NodeResourcesFit does not look at, in no profile
   */
  public static Profiles read(Section file, Set<String> ignored) {
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
    return new Profiles(profiles.values(), ignored);
  }
}
