package dev.argosy.scheduler.profile;

/** What a scheduler's file says. */
public record Configuration(Profiles profiles) {

  /** As without any file. */
  public static final Configuration DEFAULT = new Configuration(Profiles.DEFAULT);
}
