package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.PodView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The profiles that there are, by name. {@value PodView#SCHEDULER} is always among them: no pod may
 * be left alone because a file forgot it. Immutable.
 */
public final class Profiles {

  public static final Profiles DEFAULT = new Profiles(List.of());

  private final Map<String, Profile> byName = new LinkedHashMap<>();

  Profiles(Collection<Profile> profiles) {
    byName.put(PodView.SCHEDULER, Profile.DEFAULT);
    profiles.forEach(profile -> byName.put(profile.name(), profile));
  }

  /** The profile of a pod that is {@link #seen ours}. */
  public Profile of(PodView pod) {
    return Objects.requireNonNullElse(byName.get(pod.state().scheduler()), Profile.DEFAULT);
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
