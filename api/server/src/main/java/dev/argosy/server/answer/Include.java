package dev.argosy.server.answer;

import dev.argosy.model.status.Status;

/** What a row of a table tells of its object, besides the cells. */
enum Include {
  NONE,
  METADATA,
  OBJECT;

  /** Reads the query parameter {@code includeObject}; BadRequest if it is none of these. */
  static Include of(String parameter) {
    return switch (parameter) {
      case "None" -> NONE;
      case "Object" -> OBJECT;
      case "", "Metadata" -> METADATA;
      default ->
          throw Status.badRequest(
                  "includeObject: Invalid value: \""
                      + parameter
                      + "\": must be 'Metadata', 'Object', 'None', or empty")
              .asException();
    };
  }
}
