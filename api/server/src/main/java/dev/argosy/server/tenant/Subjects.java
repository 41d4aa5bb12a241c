package dev.argosy.server.tenant;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.tenancy.member.SubjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Roles by the name of whom they are given to. One thread writes, many read.
 *
 * @param <R> the kind of role; equal roles have equal names
 */
final class Subjects<R> {

  private static final String ACCOUNT = "system:serviceaccount:";

  private final Function<R, SubjectRef> subjectOf;
  private final Function<R, String> clusterOf;
  private final Map<String, R> byName = new ConcurrentHashMap<>();
  private final Map<String, List<R>> bySubject = new ConcurrentHashMap<>();

  /**
   * @param clusterOf the cluster in which the subject's service accounts are meant
   */
  Subjects(Function<R, SubjectRef> subjectOf, Function<R, String> clusterOf) {
    this.subjectOf = subjectOf;
    this.clusterOf = clusterOf;
  }

  void put(String name, R role) {
    remove(name);
    byName.put(name, role);
    bySubject.merge(key(role), List.of(role), Subjects::joined);
  }

  void remove(String name) {
    R old = byName.remove(name);
    if (old != null) {
      bySubject.computeIfPresent(key(old), (subject, roles) -> without(roles, old));
    }
  }

  void retain(Collection<String> names) {
    byName.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::remove);
  }

  /** All roles of all. */
  List<R> all() {
    return List.copyOf(byName.values());
  }

  /** All roles that the user has, by own name or by a group. */
  List<R> of(UserInfo user) {
    List<R> found = new ArrayList<>(bySubject.getOrDefault(key(user), List.of()));
    for (String group : user.groups()) {
      found.addAll(bySubject.getOrDefault("Group:" + group, List.of()));
    }
    return found;
  }

  private static String key(UserInfo user) {
    String name = user.name();
    return name.startsWith(ACCOUNT)
        ? "ServiceAccount:"
            + ClusterScope.of(user).orElse("")
            + "/"
            + name.substring(ACCOUNT.length()).replace(':', '/')
        : "User:" + name;
  }

  private String key(R role) {
    SubjectRef subject = subjectOf.apply(role);
    return switch (subject.kind()) {
      case USER -> "User:" + subject.name();
      case GROUP -> "Group:" + subject.name();
      case SERVICE_ACCOUNT ->
          "ServiceAccount:" + clusterOf.apply(role) + "/" + subject.name().replace(':', '/');
    };
  }

  private static <R> List<R> joined(List<R> one, List<R> other) {
    List<R> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static <R> List<R> without(List<R> roles, R role) {
    List<R> rest = roles.stream().filter(r -> !r.equals(role)).toList();
    return rest.isEmpty() ? List.of() : rest;
  }
}
