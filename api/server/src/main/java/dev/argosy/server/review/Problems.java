package dev.argosy.server.review;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a review, in Kubernetes' words. Belongs to one request. */
final class Problems {

  private final String group;
  private final String kind;
  private final List<Cause> causes = new ArrayList<>();

  Problems(String group, String kind) {
    this.group = group;
    this.kind = kind;
  }

  /**
   * A value that may not be.
   *
   * @param value as JSON writes it
   */
  void invalid(String field, String value, String why) {
    causes.add(new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field));
  }

  void required(String field, String why) {
    causes.add(new Cause("FieldValueRequired", "Required value: " + why, field));
  }

  void forbidden(String field, String why) {
    causes.add(new Cause("FieldValueForbidden", "Forbidden: " + why, field));
  }

  /** Refuses with all of them, if there are any. */
  void refuse() {
    if (!causes.isEmpty()) {
      throw Status.invalid(group, kind, "", causes).asException();
    }
  }
}
