package dev.argosy.server.flowcontrol.schema;

import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Some subjects and what they ask for. */
record Rule(List<Subject> subjects, List<Resources> resources, List<Paths> paths) {

  /** Requests for resources. */
  record Resources(
      Words verbs, Words groups, Words resources, boolean clusterScope, Words namespaces) {

    boolean cover(Attributes asked) {
      return verbs.cover(asked.verb())
          && resources.cover(resource(asked))
          && groups.cover(asked.group())
          && (asked.namespace().isEmpty() ? clusterScope : namespaces.cover(asked.namespace()));
    }

    private String resource(Attributes asked) {
      return asked.subresource().isEmpty() || resources.all()
          ? asked.resource()
          : asked.resource() + "/" + asked.subresource();
    }
  }

  /** Requests for other paths; one that ends in {@code /*} covers all below. */
  record Paths(Words verbs, Words paths) {

    boolean cover(Attributes asked) {
      if (!verbs.cover(asked.verb())) {
        return false;
      }
      if (paths.all()) {
        return true;
      }
      for (String path : paths.words()) {
        if (covers(path, asked.path())) {
          return true;
        }
      }
      return false;
    }

    private static boolean covers(String path, String asked) {
      if (path.equals(asked)) {
        return true;
      }
      String start = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
      return start.endsWith("/")
          ? asked.startsWith(start)
          : asked.length() > start.length()
              && asked.startsWith(start)
              && asked.charAt(start.length()) == '/';
    }
  }

  static Rule of(JsonNode rule) {
    List<Subject> subjects = new ArrayList<>();
    rule.path("subjects").forEach(subject -> subjects.add(Subject.of(subject)));
    List<Resources> resources = new ArrayList<>();
    for (JsonNode each : rule.path("resourceRules")) {
      resources.add(
          new Resources(
              Words.of(each.path("verbs")),
              Words.of(each.path("apiGroups")),
              Words.of(each.path("resources")),
              each.path("clusterScope").asBoolean(false),
              Words.of(each.path("namespaces"))));
    }
    List<Paths> paths = new ArrayList<>();
    for (JsonNode each : rule.path("nonResourceRules")) {
      paths.add(new Paths(Words.of(each.path("verbs")), Words.of(each.path("nonResourceURLs"))));
    }
    return new Rule(List.copyOf(subjects), List.copyOf(resources), List.copyOf(paths));
  }

  boolean covers(Attributes asked) {
    return subject(asked) && (asked.resourceRequest() ? resource(asked) : path(asked));
  }

  private boolean subject(Attributes asked) {
    for (Subject subject : subjects) {
      if (subject.is(asked.user())) {
        return true;
      }
    }
    return false;
  }

  private boolean resource(Attributes asked) {
    for (Resources each : resources) {
      if (each.cover(asked)) {
        return true;
      }
    }
    return false;
  }

  private boolean path(Attributes asked) {
    for (Paths each : paths) {
      if (each.cover(asked)) {
        return true;
      }
    }
    return false;
  }
}
