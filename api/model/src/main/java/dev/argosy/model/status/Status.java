package dev.argosy.model.status;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A failure as the API words it.
 *
 * @param message one sentence for people, complete in itself
 * @param resource what it is about; group and resource may be empty
 * @param name the object's name; empty if none
 * @param causes details, one per field or condition; empty if none
 * @param retryAfterSeconds when a new try makes sense; 0 if not said
 * @param continueToken where a list that expired may go on; empty otherwise
 */
public record Status(
    Reason reason,
    int code,
    String message,
    GroupResource resource,
    String name,
    List<Cause> causes,
    int retryAfterSeconds,
    String continueToken) {

  private static final GroupResource NOTHING = new GroupResource("", "");

  public Status {
    causes = List.copyOf(causes);
  }

  /** A failure that is not about a list. */
  public Status(
      Reason reason,
      int code,
      String message,
      GroupResource resource,
      String name,
      List<Cause> causes,
      int retryAfterSeconds) {
    this(reason, code, message, resource, name, causes, retryAfterSeconds, "");
  }

  public static Status of(Reason reason, String message) {
    return new Status(reason, reason.code(), message, NOTHING, "", List.of(), 0);
  }

  public static Status badRequest(String message) {
    return of(Reason.BAD_REQUEST, message);
  }

  /** What is asked for is there, but not for this verb or method. */
  public static Status methodNotAllowed() {
    return of(
        Reason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource");
  }

  public static Status notFound(GroupResource resource, String name) {
    return about(Reason.NOT_FOUND, resource, name, resource + " \"" + name + "\" not found");
  }

  public static Status alreadyExists(GroupResource resource, String name) {
    return about(
        Reason.ALREADY_EXISTS, resource, name, resource + " \"" + name + "\" already exists");
  }

  /** A conflict; {@code why} follows "Operation cannot be fulfilled on …: ". */
  public static Status conflict(GroupResource resource, String name, String why) {
    return about(
        Reason.CONFLICT,
        resource,
        name,
        "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why);
  }

  /** The conflict of a stale resourceVersion, in the words clients look for. */
  public static Status stale(GroupResource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static Status about(Reason reason, GroupResource resource, String name, String message) {
    return new Status(reason, reason.code(), message, resource, name, List.of(), 0);
  }

  /**
   * An object that breaks rules of its kind, each cause naming a field: 422 as kubectl prints it.
   *
   * @param kind the kind's name, such as {@code Pod}
   */
  public static Status invalid(String group, String kind, String name, List<Cause> causes) {
    List<String> texts = causes.stream().map(Cause::text).toList();
    String list = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    GroupResource about = new GroupResource(group, kind);
    return about(Reason.INVALID, about, name, about + " \"" + name + "\" is invalid: " + list)
        .withCauses(causes);
  }

  /** A refusal by a rule rather than by missing rights; {@code why} ends the sentence. */
  public static Status forbidden(GroupResource resource, String name, String why) {
    String what = name.isEmpty() ? resource.toString() : resource + " \"" + name + "\"";
    return about(Reason.FORBIDDEN, resource, name, what + " is forbidden: " + why);
  }

  /** This refusal, to be thrown where it cannot be returned. */
  public StatusException asException() {
    return new StatusException(this);
  }

  public Status withCauses(List<Cause> all) {
    return new Status(reason, code, message, resource, name, all, retryAfterSeconds, continueToken);
  }

  public Status withRetryAfter(int seconds) {
    return new Status(reason, code, message, resource, name, causes, seconds, continueToken);
  }

  public Status withContinue(String token) {
    return new Status(reason, code, message, resource, name, causes, retryAfterSeconds, token);
  }

  /** The wire form ({@code kind: Status, apiVersion: v1}). */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("kind", "Status").put("apiVersion", "v1");
    putIfSet(json.putObject("metadata"), "continue", continueToken);
    json.put("status", "Failure").put("message", message);
    if (reason != Reason.UNKNOWN) {
      json.put("reason", reason.text());
    }
    ObjectNode details = Json.object();
    putIfSet(details, "name", name);
    putIfSet(details, "group", resource.group());
    putIfSet(details, "kind", resource.resource());
    if (!causes.isEmpty()) {
      ArrayNode array = details.putArray("causes");
      for (Cause cause : causes) {
        ObjectNode entry = array.addObject();
        putIfSet(entry, "reason", cause.reason());
        putIfSet(entry, "message", cause.message());
        putIfSet(entry, "field", cause.field());
      }
    }
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    if (!details.isEmpty()) {
      json.set("details", details);
    }
    json.put("code", code);
    return json;
  }

  private static void putIfSet(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
