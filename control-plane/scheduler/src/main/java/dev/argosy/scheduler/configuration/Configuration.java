package dev.argosy.scheduler.configuration;

import dev.argosy.scheduler.extender.Extender;
import dev.argosy.scheduler.profile.Profiles;
import java.util.List;

/** What a scheduler's file says. */
public record Configuration(Profiles profiles, List<Extender> extenders) {

  /** As without any file. */
  public static final Configuration DEFAULT = new Configuration(Profiles.DEFAULT, List.of());

  public Configuration {
    extenders = List.copyOf(extenders);
  }
}
