package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.PodView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles that there are, by name. {@value PodView#SCHEDULER} is always among them: no pod may
 * be left alone because a file forgot it. Immutable.
 */
public final class Profiles {

  public static final Profiles DEFAULT = new Profiles(List.of(), Set.of());

  private final Map<String, Profile> byName = new LinkedHashMap<>();

  /**
   * @param ignored resources that NodeResourcesFit does not look at, in no profile
   */
  Profiles(Collection<Profile> profiles, Set<String> ignored) {
    byName.put(PodView.SCHEDULER, Profile.DEFAULT.ignoring(ignored));
    profiles.forEach(profile -> byName.put(profile.name(), profile.ignoring(ignored)));
  }

  /** The profile of a pod that is {@link #seen ours}. */
  public Profile of(PodView pod) {
    Profile named = byName.get(pod.state().scheduler());
    return named != null ? named : byName.getOrDefault(PodView.SCHEDULER, Profile.DEFAULT);
  }

  /** The pod, which is left to another scheduler if it names none of these profiles. */
  public PodView seen(PodView pod) {
    boolean ours = byName.containsKey(pod.state().scheduler());
    return ours == pod.state().ours() ? pod : pod.with(pod.state().with(ours));
  }

  /** The profile of that name, if there is one. */
  public Optional<Profile> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<String> names() {
    return byName.keySet();
  }
}
