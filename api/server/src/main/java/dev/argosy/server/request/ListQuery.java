package dev.argosy.server.request;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of list, watch and deletecollection, checked against each other.
 *
 * @param limit 0 for all
 * @param sendInitialEvents empty if not said
 * @param timeoutSeconds 0 for the server's choice
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</a>
 */
public record ListQuery(
    String labelSelector,
    String fieldSelector,
    long limit,
    String continueToken,
    String resourceVersion,
    String resourceVersionMatch,
    Optional<Boolean> sendInitialEvents,
    boolean allowBookmarks,
    long timeoutSeconds) {

  private static final String MATCH = "resourceVersionMatch";

  /** Reads and checks the query of a list. */
  public static ListQuery forList(QueryParams query) {
    ListQuery list = read(query);
    list.requireValidList();
    return list;
  }

  /** Reads and checks the query of a watch. */
  public static ListQuery forWatch(QueryParams query) {
    ListQuery watch = read(query);
    watch.requireValidWatch();
    return watch;
  }

  /** The revision that a get asks for; -1 if none is given. */
  public static long forGet(QueryParams query) {
    return read(query).revision();
  }

  /** The same for one name only, if it is not empty. */
  public ListQuery named(String name) {
    if (name.isEmpty()) {
      return this;
    }
    String both = (fieldSelector.isEmpty() ? "" : fieldSelector + ",") + "metadata.name=" + name;
    return new ListQuery(
        labelSelector,
        both,
        limit,
        continueToken,
        resourceVersion,
        resourceVersionMatch,
        sendInitialEvents,
        allowBookmarks,
        timeoutSeconds);
  }

  private static ListQuery read(QueryParams query) {
    return new ListQuery(
        query.text("labelSelector"),
        query.text("fieldSelector"),
        Math.max(0, query.number("limit").orElse(0L)),
        query.text("continue"),
        query.text("resourceVersion"),
        query.text("resourceVersionMatch"),
        query.has("sendInitialEvents")
            ? Optional.of(query.flag("sendInitialEvents"))
            : Optional.empty(),
        query.flag("allowWatchBookmarks"),
        Math.max(0, query.number("timeoutSeconds").orElse(0L)));
  }

  private void requireValidList() {
    List<Cause> causes = new ArrayList<>();
    if (!resourceVersionMatch.isEmpty()) {
      if (resourceVersion.isEmpty()) {
        causes.add(
            forbidden(
                MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
      }
      if (!continueToken.isEmpty()) {
        causes.add(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
      }
      if (!exact() && !resourceVersionMatch.equals("NotOlderThan")) {
        causes.add(unsupportedMatch("\"Exact\", \"NotOlderThan\", \"\""));
      }
      if (exact() && resourceVersion.equals("0")) {
        causes.add(
            forbidden(
                MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
      }
    }
    if (sendInitialEvents.isPresent()) {
      causes.add(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    refuse(causes);
  }

  private void requireValidWatch() {
    List<Cause> causes = new ArrayList<>();
    if (sendInitialEvents.isPresent() && !resourceVersionMatch.equals("NotOlderThan")) {
      causes.add(
          forbidden(
              MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
    }
    if (!resourceVersionMatch.isEmpty()) {
      if (sendInitialEvents.isEmpty()) {
        causes.add(
            forbidden(
                MATCH,
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
      }
      if (!resourceVersionMatch.equals("NotOlderThan")) {
        causes.add(unsupportedMatch("\"NotOlderThan\""));
      }
      if (!continueToken.isEmpty()) {
        causes.add(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
      }
    }
    refuse(causes);
  }

  public boolean exact() {
    return resourceVersionMatch.equals("Exact");
  }

  /** The number in resourceVersion; -1 if none is given; BadRequest if it is no number. */
  public long revision() {
    if (resourceVersion.isEmpty()) {
      return -1;
    }
    try {
      return notNegative(Long.parseLong(resourceVersion));
    } catch (NumberFormatException e) {
      throw Status.invalid(
              "meta.k8s.io",
              "ListOptions",
              "",
              List.of(
                  new Cause(
                      "FieldValueInvalid",
                      "Invalid value: \"" + resourceVersion + "\": must be a number",
                      "resourceVersion")))
          .asException();
    }
  }

  private static long notNegative(long revision) {
    if (revision < 0) {
      throw new NumberFormatException("negative");
    }
    return revision;
  }

  private Cause unsupportedMatch(String supported) {
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: \"" + resourceVersionMatch + "\": supported values: " + supported,
        MATCH);
  }

  private static Cause forbidden(String field, String why) {
    return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
  }

  private static void refuse(List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw Status.invalid("meta.k8s.io", "ListOptions", "", causes).asException();
    }
  }
}
